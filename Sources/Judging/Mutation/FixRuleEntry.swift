import Documents
import Inputs

/// Operations that a rule `fix` returned, and the violations that they remedy.
struct FixRuleEntry: Sendable {
    /// The place of the violations; nil for all of the object.
    private var place: DocumentPath?
    /// Whether violations below the place are remedied too.
    private var isWhole = false
    private var message: String?
    private(set) var changes: [ObjectEdit] = []

    func remedies(_ path: DocumentPath, _ message: String) -> Bool {
        if let own = self.message, own != message { return false }
        guard let place else { return true }
        return isWhole ? path.steps.starts(with: place.steps) : path == place
    }

    /// Reads a set or list of operations and of `{"patch": [...]}` with `node`, `field`, `path` or `msg`, or one of these.
    static func read(
        _ value: Value, in input: SubjectInput, of resource: Resource
    ) throws(ObjectEdit.Malformed) -> [FixRuleEntry] {
        var entries: [FixRuleEntry] = []
        // Operations that stand for themselves belong together.
        var shared = FixRuleEntry()
        for element in value.kind == .array || value.kind == .set ? Array(value.elements) : [value] {
            guard element.kind == .object else {
                throw ObjectEdit.Malformed(message: "the rule of its fix holds a \(element.typeName); operations are expected")
            }
            if element.field("op").isDefined {
                shared.changes += try ObjectEdit.read(element, from: DocumentPath(), of: resource.value)
            } else if element.field("patch").kind == .array {
                entries.append(try FixRuleEntry(element, in: input, of: resource))
            } else {
                throw ObjectEdit.Malformed(
                    message: "the rule of its fix holds an object with neither op nor a list patch")
            }
        }
        return shared.changes.isEmpty ? entries : entries + [shared]
    }

    private init() {}

    private init(_ element: Value, in input: SubjectInput, of resource: Resource) throws(ObjectEdit.Malformed) {
        var base = DocumentPath()
        let node = element.field("node")
        if node.isDefined {
            guard let found = node.isCollection ? input.document.path(of: node) : nil else {
                throw ObjectEdit.Malformed(message: "node of its fix is no part of the object")
            }
            base = Self.inObject(found, input)
            let field = element.field("field").stringValue.flatMap { DocumentPath(parsing: $0) }
            place = DocumentPath(base.steps + (field?.steps ?? []))
            isWhole = field == nil
        } else if let text = element.field("path").stringValue {
            guard let path = DocumentPath(parsing: text) else {
                throw ObjectEdit.Malformed(message: "path of its fix is no path")
            }
            place = path
        }
        message = element.field("msg").stringValue
        changes = try ObjectEdit.read(element.field("patch"), from: base, of: resource.value)
        if element.field("unsafe").isTrue { for index in changes.indices { changes[index].isUnsafe = true } }
    }

    private static func inObject(_ path: DocumentPath, _ input: SubjectInput) -> DocumentPath {
        for way in input.ways where path.steps.starts(with: way) { return DocumentPath(Array(path.steps.dropFirst(way.count))) }
        return path
    }
}
