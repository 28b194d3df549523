#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension UnsafeMutablePointer {
    /// Room for `capacity` values of which all bits are zero, to be given back with `freeZeroed`. Large rooms cost nothing
    /// until they are touched, and most runs are short.
    static func zeroed(capacity: Int) -> UnsafeMutablePointer {
        guard let room = calloc(max(capacity, 1), MemoryLayout<Pointee>.stride) else { fatalError("out of memory") }
        return room.bindMemory(to: Pointee.self, capacity: capacity)
    }

    func freeZeroed() { free(self) }
}
