public import Diagnostics

/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Hashable {
    /// The offset of the offending byte.
    public var offset: Int
    /// The number of bytes to point at.
    public var length = 1
    public var message: String
    public var hint: String?
    /// An earlier place that explains the problem.
    public var related: Related?

    /// A second place and what it has to do with the problem.
    public struct Related: Sendable, Hashable {
        public var offset: Int
        public var length: Int
        public var message: String
    }

    init(_ message: String, at offset: Int, length: Int = 1, hint: String? = nil) {
        self.message = message
        self.offset = offset
        self.length = length
        self.hint = hint
    }

    /// The problem as a diagnostic in the file that was read.
    public func diagnostic(in source: SourceFile) -> Diagnostic {
        func range(_ offset: Int, _ length: Int) -> SourceRange {
            let start = UInt32(truncatingIfNeeded: offset)
            return SourceRange(file: source, start: start, end: start + UInt32(truncatingIfNeeded: length))
        }
        let notes = related.map { [Diagnostic.Note($0.message, range: range($0.offset, $0.length))] } ?? []
        return Diagnostic(
            code: DocumentCode.json, message: message, range: range(offset, length), notes: notes, hint: hint)
    }
}

/// Codes of problems with documents.
public enum DocumentCode {
    public static let json = "json_parse_error"
    public static let yaml = "yaml_parse_error"
    /// A document that is larger, deeper or more repetitive than the limits allow.
    public static let limit = "document_limit_error"
    /// A file that is not text.
    public static let encoding = "document_encoding_error"
}
