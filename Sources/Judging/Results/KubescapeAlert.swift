import Documents

/// A result of one of Kubescape's controls: an object of the input, and paths in it that are wrong, are to go, or are to
/// be set.
struct KubescapeAlert {
    private let element: Value

    init?(_ element: Value) {
        guard element.kind == .object, element.field("alertMessage").kind == .string else { return nil }
        self.element = element
    }

    private static let lists: [StaticString] = ["deletePaths", "failedPaths", "reviewPaths"]

    private var paths: [String] {
        var seen: Set<String> = []
        return Self.lists.flatMap { Self.items(element.field($0)).compactMap(\.stringValue) }.filter {
            !$0.isEmpty && seen.insert($0).inserted
        }
    }

    private var fixes: [Value] {
        Self.items(element.field("fixPaths")).filter { !($0.field("path").stringValue ?? "").isEmpty }
    }

    /// Where in the object it is: the first path of those that are wrong, else of those to be set.
    var path: DocumentPath {
        let first = paths.first ?? fixes.first?.field("path").stringValue ?? ""
        return DocumentPath(parsing: first) ?? DocumentPath()
    }

    /// The further paths, and the values that would put it right, as compact JSON; nil when there are none.
    var details: String? {
        var members: [String] = []
        if paths.count > 1 {
            let texts = paths.map { path in Document { $0.string(path) }.withRoot { JSONWriter.string($0) } }
            members.append("\"paths\":[\(texts.joined(separator: ","))]")
        }
        if !fixes.isEmpty { members.append("\"fixPaths\":[\(fixes.map { JSONWriter.string($0) }.joined(separator: ","))]") }
        if let command = element.field("fixCommand").stringValue, !command.isEmpty {
            members.append("\"fixCommand\":\(JSONWriter.string(element.field("fixCommand")))")
        }
        return members.isEmpty ? nil : "{\(members.joined(separator: ","))}"
    }

    /// The values of `fixPaths` and what `deletePaths` says is to go; nothing when a value is a placeholder for the user's.
    func changes(of object: Value) -> [ObjectEdit] {
        var changes: [ObjectEdit] = []
        for fix in fixes {
            guard let text = fix.field("path").stringValue, let path = DocumentPath(parsing: text),
                let value = fix.field("value").stringValue, !value.uppercased().hasPrefix("YOUR_")
            else { return [] }
            var steps = path.steps
            // The end of a list, as `capabilities.drop[0]`: of a field that is missing, or one item more.
            if case .index(let index)? = steps.last {
                steps.removeLast()
                let count = object.member(at: steps).count
                changes.append(
                    index < count
                        ? ObjectEdit(.replace, path, Self.scalar(value), isUnsafe: true)
                        : ObjectEdit(.append, DocumentPath(steps), Self.scalar(value), isUnsafe: true))
            } else {
                changes.append(ObjectEdit(.add, path, Self.scalar(value), isUnsafe: true))
            }
        }
        // Items from the back, so that numbers stay right.
        for text in Self.items(element.field("deletePaths")).compactMap(\.stringValue).reversed() {
            guard let path = DocumentPath(parsing: text), object.member(at: path.steps).isDefined else { continue }
            changes.append(ObjectEdit(.remove, path, isUnsafe: true))
        }
        return changes
    }

    /// Kubescape writes values as YAML: `true`, `1000` and `ALL`.
    private static func scalar(_ text: String) -> String {
        if ["true", "false", "null"].contains(text)
            || !text.isEmpty && text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
                && text.utf8.count < 10 && (text == "0" || text.utf8.first != 0x30)
        {
            return text
        }
        return Document { $0.string(text) }.withRoot { JSONWriter.string($0) }
    }

    /// The way from the list of objects to the one it is about: the very node, or an object of its name.
    func object(in list: Document) -> DocumentPath? {
        let alert = element.field("alertObject")
        let own = Self.items(alert.field("k8sApiObjects")) + Self.items(alert.field("k8SApiObjects"))
        let outer = alert.field("externalObjects")
        let candidates = own + (outer.kind == .object ? [outer] + Self.items(outer.field("relatedObjects")) : [])
        for node in candidates {
            if let path = list.path(of: node), case .index? = path.steps.first { return DocumentPath([path.steps[0]]) }
        }
        guard list.root.kind == .array else { return nil }
        for node in candidates {
            let index = list.root.elements.firstIndex { Self.isSame($0, node) }
            if let index { return DocumentPath([.index(index)]) }
        }
        return nil
    }

    private static func isSame(_ object: Value, _ other: Value) -> Bool {
        func identity(_ value: Value) -> [Value] {
            let metadata = value.field("metadata").kind == .object ? value.field("metadata") : value
            return [value.field("kind"), metadata.field("name"), metadata.field("namespace")]
        }
        let (left, right) = (identity(object), identity(other))
        return left[0].isDefined && left[1].isDefined && left[0] == right[0] && left[1] == right[1]
            && (right[2].isUndefined || left[2] == right[2])
    }

    private static func items(_ value: Value) -> [Value] { value.kind == .array ? Array(value.elements) : [] }
}
