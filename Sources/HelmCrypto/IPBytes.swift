#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Addresses as certificates hold them.
enum IPBytes {
    /// The four or sixteen bytes of an address; nil for what is none.
    static func of(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 { return Array(bytes[..<4]) }
        return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes : nil
    }
}
