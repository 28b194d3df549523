import CZlib

/// Compression of bundles and bodies: gzip (RFC 1952) through zlib.
public enum Gzip {
    /// Whether the bytes begin as gzip does.
    public static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// How bytes were compressed.
    public enum Coding: Sendable {
        /// RFC 1952.
        case gzip
        /// RFC 1950, which HTTP names "deflate".
        case deflate

        /// What zlib is told: 16 more than the largest window is a gzip header and nothing else.
        fileprivate var window: Int32 { self == .gzip ? 15 + 16 : 15 }
    }

    /// The bytes that all members of a gzip file hold, at most `limit` of them.
    /// - Throws: `BundleProblem` when the bytes are no gzip or expand to more than the limit.
    public static func expand(_ bytes: [UInt8], limit: Int) throws(BundleProblem) -> [UInt8] {
        var output: [UInt8] = []
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(BundleProblem) in
                try expand(bytes, .gzip) { portion throws(BundleProblem) in
                    if output.count + portion.count > limit { throw BundleProblem("it holds more than \(limit >> 20) MiB") }
                    output += portion
                }
            }
        }
        try result.get()
        return output
    }

    /// Expands bytes portion by portion, of at most 64 KiB each; of gzip, all members.
    /// - Parameter take: is given the portions in order, and ends the work by throwing.
    /// - Throws: `BundleProblem` when the bytes are not of the coding, and what `take` throws.
    public static func expand(
        _ bytes: UnsafeRawBufferPointer, _ coding: Coding, _ take: (UnsafeBufferPointer<UInt8>) throws(BundleProblem) -> Void
    ) throws(BundleProblem) {
        var stream = z_stream()
        guard inflateInit2_(&stream, coding.window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw BundleProblem("zlib cannot be started")
        }
        defer { inflateEnd(&stream) }
        let portion = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)
        defer { portion.deallocate() }
        try inflate(&stream, bytes, coding, portion, take)
    }

    private static func inflate(
        _ stream: inout z_stream, _ input: UnsafeRawBufferPointer, _ coding: Coding,
        _ portion: UnsafeMutableBufferPointer<UInt8>, _ take: (UnsafeBufferPointer<UInt8>) throws(BundleProblem) -> Void
    ) throws(BundleProblem) {
        guard let base = input.baseAddress, !input.isEmpty else { throw BundleProblem("the gzip data is empty") }
        // zlib's pointer is mutable by declaration only.
        stream.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.avail_in = UInt32(input.count)
        while true {
            stream.next_out = portion.baseAddress
            stream.avail_out = UInt32(portion.count)
            let code = CZlib.inflate(&stream, Z_NO_FLUSH)
            try take(UnsafeBufferPointer(rebasing: portion.dropLast(Int(stream.avail_out))))
            switch code {
            case Z_OK: continue
            case Z_STREAM_END:
                if stream.avail_in == 0 { return }
                guard coding == .gzip, stream.avail_in >= 2, stream.next_in[0] == 0x1F, stream.next_in[1] == 0x8B else {
                    throw BundleProblem("there is something after the end of the gzip data")
                }
                inflateReset(&stream)
            case Z_BUF_ERROR: throw BundleProblem("the gzip data ends too early")
            default: throw BundleProblem("the gzip data is damaged")
            }
        }
    }

    /// The bytes as one gzip member, without a time, so that equal bytes give equal files.
    public static func compress(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        guard
            deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return [] }
        defer { deflateEnd(&stream) }
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
                stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0) }
                stream.avail_in = UInt32(input.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                deflate(&stream, Z_FINISH)
                count = buffer.count - Int(stream.avail_out)
            }
        }
    }
}
