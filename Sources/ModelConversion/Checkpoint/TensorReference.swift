/// A storage that a pickle refers to. The numbers of the storage are elsewhere in the file.
package struct StorageReference: Hashable, Sendable {
  package let key: String
  package let type: ScalarType
  /// The number of elements in the storage, as stated by the pickle.
  package let count: Int
}

/// A tensor as described by the pickle. The description has not been checked against the file.
package struct TensorReference: Hashable, Sendable {
  package let storage: StorageReference
  /// The position of the tensor's first element in the storage, in elements.
  package let offset: Int
  package let shape: [Int]
  /// The strides, in elements.
  package let strides: [Int]
}
