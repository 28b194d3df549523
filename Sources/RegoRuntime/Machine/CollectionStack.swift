import Documents

/// Elements of the collections under construction, the innermost on top. A collection is begun and sealed within one
/// function, so the stack discipline holds.
struct CollectionStack {
    private var storage: UnsafeMutablePointer<Value>
    private var capacity: Int
    private(set) var count = 0

    init() {
        capacity = 256
        storage = .allocate(capacity: capacity)
    }

    var byteCount: Int { capacity * 16 }

    @inline(__always)
    mutating func append(_ value: Value) {
        if count == capacity { grow() }
        storage[count] = value
        count &+= 1
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity * 2)
        larger.update(from: storage, count: count)
        storage.deallocate()
        storage = larger
        capacity *= 2
    }

    /// The elements from `mark` on, which leave the stack; valid until the next append.
    @inline(__always)
    mutating func pop(from mark: Int) -> UnsafeMutableBufferPointer<Value> {
        let elements = UnsafeMutableBufferPointer(start: storage + mark, count: count - mark)
        count = mark
        return elements
    }

    mutating func removeAll() {
        count = 0
        if capacity > 1 << 16 {
            storage.deallocate()
            capacity = 256
            storage = .allocate(capacity: capacity)
        }
    }

    /// Frees the storage; the stack may not be used afterwards.
    func destroy() { storage.deallocate() }
}
