/// A storage that a pickle refers to; its numbers are elsewhere in the file.
package struct StorageReference: Hashable, Sendable {
  package let key: String
  package let type: ScalarType
  /// The number of its elements, according to the pickle.
  package let count: Int
}

/// A tensor as the pickle describes it; not checked against the file.
package struct TensorReference: Hashable, Sendable {
  package let storage: StorageReference
  /// The position of the first element in the storage, in elements.
  package let offset: Int
  package let shape: [Int]
  /// The strides, in elements.
  package let strides: [Int]
}
