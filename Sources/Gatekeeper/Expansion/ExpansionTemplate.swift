package import Diagnostics
package import Documents
package import Inputs

/// An ExpansionTemplate: which objects make others, as a Deployment makes Pods, and where in them these are written.
package struct ExpansionTemplate: Sendable {
    /// Why a document is none.
    package struct Problem: Error, Sendable { package var diagnostic: Diagnostic }

    private struct Kinds: Sendable {
        var groups: [String]
        var versions: [String]
        var kinds: [String]

        func covers(_ type: GroupVersionKind) -> Bool {
            groups.contains(type.group) && versions.contains(type.version) && kinds.contains(type.kind)
        }
    }

    package let name: String
    /// The action for violations of what it makes; nil for that of each constraint.
    package let action: ConstraintAction?
    private let applyTo: [Kinds]
    private let source: [String]
    let generated: GroupVersionKind

    /// - Throws: what is wrong with it.
    package init(_ document: Document) throws(Problem) {
        func problem(_ message: String, _ steps: [DocumentPath.Step]) -> Problem {
            Problem(diagnostic: document.problem("expansion_error", message, at: steps))
        }
        let root = document.root, spec = root.field("spec")
        name = root.field("metadata").field("name").stringValue ?? ""
        if name.isEmpty { throw problem("an ExpansionTemplate needs a name", [.key("metadata")]) }
        let text = spec.field("templateSource").stringValue ?? ""
        if text.isEmpty { throw problem("templateSource is missing", [.key("spec"), .key("templateSource")]) }
        source = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let type = spec.field("generatedGVK")
        let (group, version) = (type.field("group").stringValue ?? "", type.field("version").stringValue ?? "")
        let kind = type.field("kind").stringValue ?? ""
        if kind.isEmpty || version.isEmpty {
            throw problem("generatedGVK needs a version and a kind", [.key("spec"), .key("generatedGVK")])
        }
        generated = GroupVersionKind(apiVersion: group.isEmpty ? version : "\(group)/\(version)", kind: kind)
        let list = spec.field("applyTo")
        applyTo =
            list.kind == .array
            ? list.elements.map { item in
                func texts(_ name: StaticString) -> [String] {
                    let value = item.field(name)
                    return value.kind == .array ? value.elements.compactMap(\.stringValue) : []
                }
                return Kinds(groups: texts("groups"), versions: texts("versions"), kinds: texts("kinds"))
            } : []
        let word = spec.field("enforcementAction").stringValue ?? ""
        action = ConstraintAction(rawValue: word)
        if action == nil, !word.isEmpty {
            throw problem("enforcementAction is deny, warn or dryrun", [.key("spec"), .key("enforcementAction")])
        }
    }

    /// What it makes of an object; nil when it is about other kinds.
    /// - Throws: why there is nothing in the object to make it of.
    func expand(_ resource: Resource) throws(Problem) -> Resource? {
        guard applyTo.contains(where: { $0.covers(resource.type) }) else { return nil }
        let path = DocumentPath(source.map { .key($0) })
        let place = resource.document.place(at: path, keepsMissingSteps: true)
        let template = resource.document.value(at: path)
        guard template.kind == .object else {
            throw Problem(
                diagnostic: Diagnostic(
                    code: "expansion_error",
                    message: "\(resource.title) has no \(path.fieldPath), of which the ExpansionTemplate \(name) makes objects",
                    range: resource.document.range(place.span)))
        }
        let arena = Arena.make(capacity: 1024)
        let span = place.span
        let name = (resource.value.field("metadata").field("name").stringValue.map { "\($0)-" } ?? "") + generated.kind
        func entry(_ key: String, _ value: Value) -> PositionedEntry {
            PositionedEntry(key: arena.string(key), value: value, keySpan: span, valueSpan: span)
        }
        func kept(_ value: Value, without names: Set<String>) -> [PositionedEntry] {
            value.kind == .object ? value.entries(madeAt: span).filter { !names.contains($0.key.string) } : []
        }
        var metadata = kept(template.field("metadata"), without: ["name", "namespace"])
        metadata.append(entry("name", arena.string(name.lowercased())))
        if let namespace = resource.namespace { metadata.append(entry("namespace", arena.string(namespace))) }
        var entries = kept(template, without: ["apiVersion", "kind", "metadata"])
        entries.append(entry("apiVersion", arena.string(generated.apiVersion)))
        entries.append(entry("kind", arena.string(generated.kind)))
        entries.append(entry("metadata", arena.object(entries: metadata)))
        let note = Diagnostic.Note("in \(generated.kind) that \(self.name) makes of \(resource.title)")
        let document = Document(
            arena: arena, root: arena.object(entries: entries), rootSpan: span, parts: [resource.document],
            origin: resource.document.origin + [note])
        return Resource(
            document: document, type: generated, namespace: resource.namespace, name: name.lowercased(),
            path: resource.path, documentIndex: resource.documentIndex, itemPath: resource.itemPath)
    }
}
