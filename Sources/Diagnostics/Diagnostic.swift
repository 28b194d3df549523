/// How bad a problem is.
public enum Severity: String, Sendable, CaseIterable {
    case error, warning, note
}

/// A problem found in text a user wrote, with its place.
public struct Diagnostic: Sendable, Hashable {
    /// A further place that helps to understand a problem.
    public struct Note: Sendable, Hashable {
        public var message: String
        public var range: SourceRange?

        public init(_ message: String, range: SourceRange? = nil) {
            self.message = message
            self.range = range
        }
    }

    /// Stable name of the kind of problem, for example `rego_parse_error`; wording may change, codes may not.
    public var code: String
    public var severity: Severity
    /// What is wrong, in one sentence.
    public var message: String
    public var range: SourceRange?
    public var notes: [Note]
    /// What the author could do about it.
    public var hint: String?

    public init(
        code: String, severity: Severity = .error, message: String, range: SourceRange? = nil, notes: [Note] = [],
        hint: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.range = range
        self.notes = notes
        self.hint = hint
    }
}

/// Codes of Rego problems, as OPA names them.
public enum RegoCode {
    public static let parse = "rego_parse_error"
    public static let compile = "rego_compile_error"
    public static let type = "rego_type_error"
    public static let unsafeVar = "rego_unsafe_var_error"
    public static let recursion = "rego_recursion_error"
}

extension Diagnostic {
    /// Orders problems by file, then place, then code and text, so that output does not depend on discovery order.
    public static func inSourceOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        let leftPath = left.range?.file.path ?? ""
        let rightPath = right.range?.file.path ?? ""
        if leftPath != rightPath { return leftPath < rightPath }
        let leftStart = left.range?.start ?? 0
        let rightStart = right.range?.start ?? 0
        if leftStart != rightStart { return leftStart < rightStart }
        if left.code != right.code { return left.code < right.code }
        return left.message < right.message
    }
}

extension SourceMap.Exhausted {
    /// As a problem of that source, with the remedy.
    public var diagnostic: Diagnostic {
        Diagnostic(
            code: "source_limit_error",
            message: "\(path): the files of one run have more than 4 GiB together; this one is not read",
            hint: "check the folders one by one")
    }
}
