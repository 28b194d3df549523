import Diagnostics
import Documents
import Inputs
import Kustomize
import Renderings

/// A change of a text that changes what is built of it.
struct OriginEdit {
    /// The file, as reports show it.
    var path: String
    /// The number of the document in the file.
    var document: Int
    var operation: FixOperation
}

/// Finds which change of which text makes a change of a built object.
///
/// What it finds is a proposal: whether the build changes as it should is seen when it is built again.
struct OriginFinder {
    private let causes: ValueCauses?
    /// Why a file is not to be changed; nil when it may be.
    private let refusal: (String) -> String?
    private var texts = OriginTexts()

    init(_ causes: ValueCauses?, refusal: @escaping (String) -> String?) {
        (self.causes, self.refusal) = (causes, refusal)
    }

    mutating func edit(_ operation: FixOperation, of object: Document) throws(FixRefusal) -> OriginEdit {
        let place = object.place(at: operation.path, keepsMissingSteps: false)
        let isWhole = place.path.steps.count == operation.path.steps.count
        let rest = operation.path.steps[place.path.steps.count...]
        switch operation.kind {
        case .remove, .rename, .insert:
            guard isWhole else { throw FixRefusal(reason: "there is nothing at \(operation.path.fieldPath)") }
        case .add, .replace, .append: break
        }
        if isWhole, place.value.kind == .string, let edit = try imageEdit(operation, of: object, place) { return edit }
        let node = try node(at: place.path, of: object)
        var edit = OriginEdit(path: node.file.path, document: node.document, operation: operation)
        edit.operation.path = DocumentPath(node.path.steps + rest)
        // A chart makes what it likes of a text such as "true".
        if isWhole, node.value.kind == .string, place.value.kind != .string, !operation.value.isCollection,
            operation.value.isDefined, operation.kind == .replace || operation.kind == .add
        {
            let text = Self.text(operation.value)
            let value = Document { $0.string(text) }
            edit.operation = FixOperation(.replace, node.path, value.root, in: value)
        }
        if operation.kind == .remove || operation.kind == .rename || operation.kind == .insert {
            try takeAway(&edit, operation, node, of: object, place)
        }
        return edit
    }

    /// A field can only be taken away where its name stands too. What would be off without it is switched off elsewhere.
    private func takeAway(
        _ edit: inout OriginEdit, _ operation: FixOperation, _ node: OriginNode, of object: Document, _ place: Document.Place
    ) throws(FixRefusal) {
        let key = place.keySpan.flatMap { object.range($0) }
        let isNamedHere: Bool
        switch (operation.path.steps.last, node.path.steps.last) {
        case (.key(let own)?, .key(let other)?): isNamedHere = own == other && (key == nil || key?.file === node.file)
        case (.index?, .index?): isNamedHere = true
        default: isNamedHere = false
        }
        if isNamedHere { return }
        if operation.kind == .remove, node.value.kind == .bool, node.value.isTrue {
            edit.operation = FixOperation(.replace, node.path, .bool(false))
            return
        }
        let at = Self.line(object.range(place.span))
        throw FixRefusal(reason: "\(at) gives the value, and the field is written elsewhere; change it there")
    }

    // MARK: Nodes

    /// The node of a text that is the value at a path of an object.
    private mutating func node(at path: DocumentPath, of object: Document) throws(FixRefusal) -> OriginNode {
        let place = object.place(at: path)
        let cause = causes?.cause(at: path, of: object)
        guard let range = object.range(place.span), !range.file.path.isEmpty else {
            throw FixRefusal(reason: "no text says where the value comes from")
        }
        if let reason = Self.refusal(of: cause) { throw FixRefusal(reason: "\(reason) at \(Self.line(range))") }
        let isSetting = KustomizationFile.names.contains(String(FilePath.name(of: range.file.path)))
        let problem = refusal(range.file.path)
        if problem == nil, let found = found(place.value, range, path, object) {
            if isSetting { try checkSetting(found, cause, range) }
            return found
        }
        // What a chart writes of a whole mapping of its values is known by its fields.
        if let found = try? holder(of: place.value, at: path, object) { return found }
        if let problem { throw FixRefusal(reason: problem.replacing("%", with: Self.line(range))) }
        if texts.isInsideText(range) {
            let what = cause == .patch || cause == .jsonPatch ? "an inline patch" : "a text inside of a value"
            throw FixRefusal(reason: "\(what) at \(Self.line(range)) gives it; change it there")
        }
        for part in causes?.causesOfParts(at: path, of: object) ?? [] {
            if let reason = Self.refusal(of: part) { throw FixRefusal(reason: reason) }
        }
        let isChart = cause == nil || cause == .chart
        throw FixRefusal(
            reason: (isChart ? "an expression makes it" : "it is put together") + " of what stands at \(Self.line(range))")
    }

    /// The node at a range when it is the value.
    private mutating func found(
        _ value: Value, _ range: SourceRange, _ path: DocumentPath, _ object: Document
    ) -> OriginNode? {
        texts.nodes(at: range).last { node in
            guard Self.isSame(node.value, value), node.value.isCollection == value.isCollection else { return false }
            return isField(path, of: object, node)
        }
    }

    /// Whether a node of an object, or of a patch of one, is the field that is built; a value that was copied from another
    /// field is not.
    private mutating func isField(_ path: DocumentPath, of object: Document, _ node: OriginNode) -> Bool {
        guard let cause = causes?.cause(at: path, of: object), cause != .chart else { return true }
        let root = texts.documents(of: node.file)[node.document].root
        guard root.kind == .object, var kind = root.field("kind").stringValue, root.field("apiVersion").stringValue != nil else {
            return true
        }
        if KustomizationFile.names.contains(String(FilePath.name(of: node.file.path))) { return true }
        var steps = node.path.steps[...], outer = root
        while kind.hasSuffix("List"), steps.first == .key("items"), case .index(let index)? = steps.dropFirst().first {
            outer = outer.field("items").elements[index]
            kind = outer.field("kind").stringValue ?? ""
            steps = steps.dropFirst(2)
        }
        let names = { (steps: ArraySlice<DocumentPath.Step>) in
            steps.map { step -> String in if case .key(let key) = step { key } else { "[]" } }
        }
        return names(steps) == names(path.steps[...])
    }

    /// Scalars must be equal; a number or a truth value may be written as a text.
    private static func isSame(_ written: Value, _ built: Value) -> Bool {
        if written.isCollection { return written.kind == built.kind }
        if written == built { return true }
        return text(written) == text(built)
    }

    private static func text(_ value: Value) -> String { value.stringValue ?? JSONWriter.string(value) }

    /// The mapping or list of one text that all that a built one holds stands in.
    private mutating func holder(of value: Value, at path: DocumentPath, _ object: Document) throws(FixRefusal) -> OriginNode {
        let unknown = FixRefusal(reason: "")
        guard value.isCollection, value.count > 0, path.steps.count < 64 else { throw unknown }
        var parent: OriginNode?
        for index in 0..<value.count {
            let step: DocumentPath.Step = value.kind == .object ? .key(value.keys[index].stringValue ?? "") : .index(index)
            let inner = DocumentPath(path.steps + [step])
            guard let range = object.range(object.place(at: inner).span) else { throw unknown }
            let child = try node(at: inner, of: object)
            guard child.path.steps.last == step, range.file === child.file || value.isCollection else { throw unknown }
            let own = DocumentPath(Array(child.path.steps.dropLast()))
            if let known = parent {
                guard known.file === child.file, known.document == child.document, known.path == own else { throw unknown }
            } else {
                let root = texts.documents(of: child.file)[child.document]
                parent = OriginNode(file: child.file, document: child.document, path: own, value: root.value(at: own))
            }
        }
        guard let parent, parent.value.kind == value.kind, !parent.path.steps.isEmpty else { throw unknown }
        return parent
    }

    // MARK: Settings of kustomizations

    private func checkSetting(_ node: OriginNode, _ cause: Origin.Cause?, _ range: SourceRange) throws(FixRefusal) {
        switch cause {
        case .replicas: return
        case .chart where node.path.steps.contains(.key("valuesInline")): return
        case .patch, .jsonPatch: throw FixRefusal(reason: "an inline patch at \(Self.line(range)) gives it; change it there")
        default: throw FixRefusal(reason: "the kustomization makes it at \(Self.line(range)); change it there")
        }
    }

    /// The change of `newTag` or `digest` of a kustomization's `images` that gives an image another tag or digest; nil when no
    /// such entry has to do with the image.
    private mutating func imageEdit(
        _ operation: FixOperation, of object: Document, _ place: Document.Place
    ) throws(FixRefusal) -> OriginEdit? {
        guard causes?.cause(at: place.path, of: object) == .image, let range = object.range(place.span) else { return nil }
        let written = texts.nodes(at: range).last
        if let problem = refusal(range.file.path) { throw FixRefusal(reason: problem.replacing("%", with: Self.line(range))) }
        let refused = FixRefusal(reason: "images of the kustomization give it at \(Self.line(range)); change it there")
        guard let written, operation.kind == .replace || operation.kind == .add, let new = operation.value.stringValue,
            case .key(let key)? = written.path.steps.last
        else { throw refused }
        let (text, old) = (Self.text(written.value), place.value.string)
        let mark: Character = key == "digest" ? "@" : ":"
        guard key == "newTag" || key == "digest", old.hasSuffix("\(mark)\(text)") else { throw refused }
        let name = old.dropLast(text.count)
        guard new.hasPrefix(name), new.count > name.count else { throw refused }
        let part = String(new.dropFirst(name.count))
        if part.contains("@") { throw refused }
        let value = Document { $0.string(part) }
        return OriginEdit(
            path: range.file.path, document: written.document,
            operation: FixOperation(.replace, written.path, value.root, in: value))
    }

    /// Why what a transformer puts into objects is not changed; nil for what stands in a text as it is.
    private static func refusal(of cause: Origin.Cause?) -> String? {
        switch cause {
        case nil, .file, .patch, .jsonPatch, .chart, .replicas: nil
        case .image: "images of the kustomization give it"
        case .namespace: "the namespace of the kustomization gives it"
        case .namePrefix, .nameSuffix: "a prefix or suffix of names gives it"
        case .label, .annotation: "labels or annotations of the kustomization give it"
        case .replacement: "a replacement gives it"
        case .nameReference: "it is the name of another object, which is written"
        case .variable: "a variable of the kustomization gives it"
        case .contentHash: "a hash of the contents is part of it"
        case .generator: "a generator makes it"
        case .transformer: "a transformer gives it"
        case .builtin: "kustomize itself gives it"
        }
    }

    private static func line(_ range: SourceRange?) -> String {
        range.map { "\($0.file.path):\($0.position.line)" } ?? "an unknown place"
    }
}
