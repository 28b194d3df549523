public import Diagnostics

/// Reads JSON (RFC 8259) into values as Go's `encoding/json` with `UseNumber` does: numbers keep their text, malformed
/// UTF-8 becomes U+FFFD, of equal keys the last wins.
public enum JSONReader {
    /// The document in a file, which holds exactly one value; positions of all nodes are kept when asked for.
    /// - Throws: `JSONError` with the place when the text is not JSON or exceeds a limit.
    public static func read(
        _ source: SourceFile, limits: DocumentLimits = .standard, keepsPositions: Bool = true
    ) throws(JSONError) -> Document {
        let count = source.bytes.count
        if count > limits.size {
            throw JSONError("the document is larger than the limit of \(limits.size) bytes", at: 0, length: 0)
        }
        let arena = Arena.make(capacity: count * (keepsPositions ? 4 : 3) + 1024)
        do throws(JSONError) {
            var options = JSONParser.Options(limits: limits)
            options.keepsPositions = keepsPositions
            options.base = source.base
            let (root, span) = try source.bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
                var parser = JSONParser(bytes, in: arena, options: options)
                parser.skipByteOrderMark()
                return (try parser.onlyValue(), parser.valueSpan.moved(by: source.base))
            }
            return Document(arena: arena, root: root, source: source, rootSpan: span)
        } catch {
            arena.destroy()
            throw error
        }
    }

    /// The single value that the bytes hold.
    /// - Throws: `JSONError` with the place when the text is not JSON or exceeds a limit.
    public static func value(
        _ bytes: UnsafeBufferPointer<UInt8>, in arena: Arena, limits: DocumentLimits = .builtin
    ) throws(JSONError) -> Value {
        var parser = JSONParser(bytes, in: arena, options: JSONParser.Options(limits: limits))
        return try parser.onlyValue()
    }

    /// The values of a file that is a run of JSON values, each a document of its own; equal keys are an error.
    static func stream(
        _ source: SourceFile, limits: DocumentLimits, makesDoubles: Bool = false
    ) throws(JSONError) -> [Document] {
        var options = JSONParser.Options(limits: limits)
        options.keepsPositions = true
        options.rejectsEqualKeys = true
        options.makesDoubles = makesDoubles
        options.base = source.base
        return try source.bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
            var documents: [Document] = []
            var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while true {
                let rest = UnsafeBufferPointer(rebasing: bytes[start...])
                guard let end = JSONParser.endOfValue(rest) else { return documents }
                if documents.count == limits.documents {
                    throw JSONError("the file has more than \(limits.documents) documents", at: start, length: 0)
                }
                let arena = Arena.make(capacity: end * 4 + 1024)
                do throws(JSONError) {
                    var parser = JSONParser(
                        UnsafeBufferPointer(rebasing: rest[..<end]), in: arena, options: options, offset: start)
                    let root = try parser.onlyValue()
                    documents.append(
                        Document(
                            arena: arena, root: root, source: source, rootSpan: parser.valueSpan.moved(by: source.base),
                            index: documents.count))
                } catch {
                    arena.destroy()
                    throw error
                }
                start += end
            }
        }
    }
}
