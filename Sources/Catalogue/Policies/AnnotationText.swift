package import Diagnostics
package import Documents
package import RegoSyntax

/// The YAML of a `# METADATA` block, with its places in the Rego file (OPA policy reference, "Annotations").
///
/// Which comments make up a block and what it stands above is the parser's word (`Module.annotations`).
package struct AnnotationText: Sendable {
    /// What a block's metadata hold for.
    package enum Scope: String, Sendable, CaseIterable {
        /// The one definition that follows.
        case rule
        /// All definitions of the rule that follows.
        case document
        case package, subpackages
    }

    package let block: Annotations
    /// An empty object when the text is none.
    package let document: Document
    package let problems: [Diagnostic]
    private let file: SourceFile
    /// The place of each line of the text in the file.
    private let lines: [Location]
    /// The bytes at which the lines of the text begin.
    private let starts: [Int]

    package init(_ block: Annotations, in module: Module) {
        self.block = block
        file = module.file
        let lines = block.lines(in: module)
        self.lines = lines
        var bytes: [UInt8] = [], starts: [Int] = []
        for line in lines {
            starts.append(bytes.count)
            bytes += file.bytes[Int(line.start)..<Int(line.end)]
            bytes.append(UInt8(ascii: "\n"))
        }
        self.starts = starts
        let text = SourceFile(path: module.file.path, bytes: bytes)
        let stream = YAMLReader().read(text)
        let found = stream.documents.first
        document = found?.root.kind == .object ? found! : Document { $0.object([ObjectEntry]()) }
        var problems: [Diagnostic] = []
        for var problem in stream.diagnostics {
            problem.range = problem.range.flatMap { [starts] in Self.range(Int($0.start)..<Int($0.end), lines, starts, module.file) }
            problem.notes = problem.notes.map { Diagnostic.Note($0.message) }
            problems.append(problem)
        }
        if problems.isEmpty, let found, found.root.kind != .object, found.root.kind != .null {
            let range = block.location.range(in: module.file)
            problems.append(Diagnostic(code: "metadata_error", message: "the metadata are a mapping", range: range))
        }
        self.problems = problems
    }

    /// What the metadata hold for: the stated scope, or by default the definition or package that follows; a rule that is
    /// an entrypoint is meant with all its definitions.
    package var scope: Scope {
        if let stated = document.root.field("scope").stringValue.flatMap(Scope.init(rawValue:)) { return stated }
        guard case .rule = block.target else { return .package }
        return document.root.field("entrypoint").isTrue ? .document : .rule
    }

    /// The place in the Rego file of a node, or of its key; of a missing node, of its nearest parent.
    package func range(at steps: [DocumentPath.Step], onKey: Bool = false) -> SourceRange? {
        let place = document.place(at: DocumentPath(steps))
        guard let range = document.range(onKey ? place.keySpan ?? place.span : place.span) else {
            return block.location.range(in: file)
        }
        return Self.range(Int(range.start)..<Int(range.end), lines, starts, file)
    }

    private static func range(
        _ bytes: Range<Int>, _ lines: [Location], _ starts: [Int], _ file: SourceFile
    ) -> SourceRange? {
        guard !lines.isEmpty else { return nil }
        func place(_ offset: Int) -> UInt32 {
            let number = max(0, (starts.firstIndex { $0 > offset } ?? starts.count) - 1)
            return min(lines[number].start + UInt32(offset - starts[number]), lines[number].end)
        }
        let start = place(bytes.lowerBound)
        return SourceRange(file: file, start: start, end: max(start, place(bytes.upperBound)))
    }
}

extension Module {
    /// The metadata of the package.
    package var packageAnnotations: AnnotationText? {
        annotations.lazy.map { AnnotationText($0, in: self) }.first { annotation in
            if case .rule = annotation.block.target { return false }
            return annotation.scope == .package && annotation.block.target != .none
        }
    }
}
