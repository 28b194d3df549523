package import Diagnostics

/// Why a kustomization cannot be built: kustomize's words, and the place they are about.
package struct BuildError: Error {
    /// One sentence; outer steps put what they were doing in front, as kustomize does.
    package var message: String
    /// The text that the message is about.
    package var origin: Origin?
    /// What the author could do about it.
    package var hint: String?
    /// Whether the text of a file is not YAML at all: kustomize then does not try the path as a folder.
    var isMalformedYAML = false
    /// Whether nothing else should be tried, such as after a limit or a remote path.
    var isFinal = false
    /// Whether it is about a part that is elsewhere, or that only another program makes.
    var isForeign = false
    /// Whether something names an object that is not among those of the build.
    var isUnmatched = false

    init(_ message: String, at origin: Origin? = nil, hint: String? = nil) {
        self.message = message
        self.origin = origin
        self.hint = hint
    }

    init(_ message: String, at node: Node?, hint: String? = nil) {
        self.init(message, at: node?.origin, hint: hint)
    }

    /// The same error with what was being done in front; the place stays the innermost one.
    func wrapped(_ prefix: String, at origin: Origin? = nil) -> BuildError {
        var copy = self
        copy.message = "\(prefix): \(message)"
        if copy.origin == nil || copy.origin?.isKnown == false { copy.origin = origin ?? copy.origin }
        return copy
    }

    /// A limit against hostile input is met.
    static func limit(_ message: String, at origin: Origin? = nil) -> BuildError {
        var error = BuildError(message, at: origin)
        error.isFinal = true
        return error
    }

    static func wrongKind(_ node: Node, expected: Node.Kind) -> BuildError {
        BuildError("wrong node kind: expected \(name(expected)) but got \(name(node.kind))", at: node)
    }

    private static func name(_ kind: Node.Kind) -> String {
        switch kind {
        case .scalar: "ScalarNode"
        case .mapping: "MappingNode"
        case .sequence: "SequenceNode"
        }
    }

    /// The error as a problem to show.
    package func diagnostic(in sources: BuildSources) -> Diagnostic {
        Diagnostic(code: "kustomize", message: message, range: origin.flatMap { sources.range($0) }, hint: hint)
    }
}
