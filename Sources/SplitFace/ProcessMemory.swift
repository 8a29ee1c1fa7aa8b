import CMalloc

/// Settings of this process's memory allocator.
public enum ProcessMemory {
  /// Makes glibc's `malloc` use two arenas for all threads, and return blocks of at least 256 KiB to the system when they are freed.
  ///
  /// By default glibc gives each of the many threads of a job an arena of its own. The arenas together take far more memory than a video needs,
  /// and the tensors of every frame fragment them, so that memory grows with the number of frames. The settings apply to the whole process;
  /// that is why SplitFace does not change them by itself. Call this once at the start of a program, before it creates threads. It has no
  /// effect on systems without glibc, such as macOS.
  ///
  /// ```swift
  /// ProcessMemory.limitArenas()
  /// let splitter = try FaceSplitter()
  /// ```
  public static func limitArenas() { sf_configure_heap(2, 256 << 10) }
}
