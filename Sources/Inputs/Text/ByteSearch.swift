#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension [UInt8] {
    /// Whether the bytes of a text, which is not empty, stand among these.
    package func contains(text: String) -> Bool {
        var text = text
        return withUnsafeBytes { bytes in
            text.withUTF8 { wanted in
                guard let start = bytes.baseAddress, let first = wanted.baseAddress, bytes.count >= wanted.count else {
                    return false
                }
                var position = 0
                let last = bytes.count - wanted.count
                while position <= last, let next = memchr(start + position, Int32(wanted[0]), last - position + 1) {
                    if memcmp(next, first, wanted.count) == 0 { return true }
                    position = start.distance(to: UnsafeRawPointer(next)) + 1
                }
                return false
            }
        }
    }
}
