import CZlib

/// Compression of bundles and bodies: gzip (RFC 1952) through zlib.
public enum Gzip {
    /// Whether the bytes begin as gzip does.
    public static func isGzip(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// The bytes that all members of a gzip file hold, at most `limit` of them.
    /// - Throws: `BundleProblem` when the bytes are no gzip or expand to more than the limit.
    public static func expand(_ bytes: [UInt8], limit: Int) throws(BundleProblem) -> [UInt8] {
        var stream = z_stream()
        // 16 more than the largest window: a gzip header and nothing else.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw BundleProblem("zlib cannot be started")
        }
        defer { inflateEnd(&stream) }
        let result = bytes.withUnsafeBufferPointer { input in
            Result { () throws(BundleProblem) in try inflate(&stream, input, limit) }
        }
        return try result.get()
    }

    private static func inflate(
        _ stream: inout z_stream, _ input: UnsafeBufferPointer<UInt8>, _ limit: Int
    ) throws(BundleProblem) -> [UInt8] {
        guard let base = input.baseAddress, !input.isEmpty else { throw BundleProblem("the gzip data is empty") }
        // zlib's pointer is mutable by declaration only.
        stream.next_in = UnsafeMutablePointer(mutating: base)
        stream.avail_in = UInt32(input.count)
        var output: [UInt8] = [], code = Z_OK
        var room = min(max(input.count * 4, 4096), 1 << 20)
        while true {
            output += [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                code = CZlib.inflate(&stream, Z_NO_FLUSH)
                count = buffer.count - Int(stream.avail_out)
            }
            room = 1 << 20
            if output.count > limit { throw BundleProblem("it holds more than \(limit >> 20) MiB") }
            switch code {
            case Z_OK: continue
            case Z_STREAM_END:
                if stream.avail_in == 0 { return output }
                guard stream.avail_in >= 2, stream.next_in[0] == 0x1F, stream.next_in[1] == 0x8B else {
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
