import CMalloc

/// Settings of this process's memory allocator.
public enum ProcessMemory {
  /// Makes glibc's `malloc` use two arenas for all threads, and return blocks of at least 256 KiB to the system when they are freed.
  ///
  /// Call this once at the start of a program, before it creates threads. The settings apply to the whole process, so SplitFace does not
  /// change them by itself. The call has no effect on systems without glibc, such as macOS.
  ///
  /// By default, glibc gives each of the many threads of a job an arena of its own. Together the arenas take far more memory than a video
  /// needs. The tensors of every frame fragment them, so memory grows with the number of frames.
  ///
  /// ```swift
  /// ProcessMemory.limitArenas()
  /// let splitter = try FaceSplitter()
  /// ```
  public static func limitArenas() { sf_configure_heap(2, 256 << 10) }
}
