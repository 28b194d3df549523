package import Catalogue
import Diagnostics
package import Documents
import Inputs
import Text

/// A subject in the form in which a rule takes it as `input`.
package struct SubjectInput {
    /// The root is `input`; nodes of the object keep their places.
    package let document: Document
    private let form: InputForm

    /// The steps from `input` to the object, for each way that leads to it.
    package var ways: [[DocumentPath.Step]] {
        switch form {
        case .object: []
        case .review: [Self.way(over: "request", in: document.root)]
        case .gatekeeper: [Self.way(over: "review", in: document.root)]
        case .both: ["request", "review"].map { Self.way(over: $0, in: document.root) }
        case .objects: [[.index(0)]]
        case .combined: [[.index(0), .key("contents")]]
        }
    }

    private static func way(over name: String, in root: Value) -> [DocumentPath.Step] {
        [.key(name), .key(root.field(named: name).field("object").kind == .object ? "object" : "oldObject")]
    }

    /// - Parameters:
    ///   - parameters: what `input.parameters` is, in the forms that have it.
    ///   - known: the review of the subject, when it is made already: `gatekeeperReview` for that form.
    package init(_ subject: Subject, form: InputForm, parameters: Value, review known: Document? = nil) {
        let resource = subject.resource
        self.form = form
        switch form {
        case .object: document = resource.document
        case .review: document = known ?? Self.review(of: subject)
        case .gatekeeper:
            document = Self.gatekeeperInput(
                known ?? Self.gatekeeperReview(of: Self.review(of: subject), namespace: .undefined), parameters)
        case .both:
            let review = known ?? Self.review(of: subject)
            document = Self.made(of: review, over: resource.value) { arena in
                let request = review.root.field("request")
                var added = [("request", request), ("review", Self.gatekeeperReview(request, in: arena))]
                // Some kinds have a member of that name of their own.
                if resource.value.kind != .object || resource.value.field("parameters").isUndefined {
                    added.append(("parameters", Self.orEmpty(parameters, in: arena)))
                }
                return added
            }
        case .objects:
            let arena = Arena.make(capacity: 256)
            let item = PositionedItem(value: resource.value, span: resource.document.rootSpan)
            document = Document(
                arena: arena, root: arena.array(items: [item]), rootSpan: resource.document.rootSpan,
                partOf: resource.document)
        case .combined:
            let arena = Arena.make(capacity: 512)
            let file = Self.entries(
                [("path", arena.string(resource.path)), ("contents", resource.value)], resource, arena)
            let item = PositionedItem(value: arena.object(entries: file), span: resource.document.rootSpan)
            document = Document(
                arena: arena, root: arena.array(items: [item]), rootSpan: resource.document.rootSpan,
                partOf: resource.document)
        }
    }

    // MARK: Reviews

    /// The review that was sent, or that the API server would send for the object's creation.
    static func review(of subject: Subject) -> Document {
        if let review = subject.circumstances.review { return review }
        let resource = subject.resource
        let arena = Arena.make(capacity: 1024)
        let type = resource.type
        let plural = PluralNames.name(of: type.kind)
        func object(_ members: [(String, Value)]) -> Value { arena.object(entries: entries(members, resource, arena)) }
        func identity(_ last: String, _ name: String) -> Value {
            object([
                ("group", arena.string(type.group)), ("version", arena.string(type.version)),
                (last, arena.string(name)),
            ])
        }
        let kind = identity("kind", type.kind)
        let served = identity("resource", plural)
        var members: [(String, Value)] = [
            ("uid", arena.string("")), ("kind", kind), ("requestKind", kind), ("resource", served),
            ("requestResource", served), ("operation", arena.string("CREATE")), ("userInfo", object([])),
            ("object", resource.value), ("oldObject", .null), ("dryRun", .false),
            (
                "options",
                object([("apiVersion", arena.string("meta.k8s.io/v1")), ("kind", arena.string("CreateOptions"))])
            ),
            ("name", arena.string(resource.value.field("metadata").field("name").stringValue ?? "")),
        ]
        if !ClusterScope.contains(type.groupKind) {
            members.append(("namespace", arena.string(resource.namespace ?? "default")))
        }
        let review = object([
            ("apiVersion", arena.string("admission.k8s.io/v1")), ("kind", arena.string("AdmissionReview")),
            ("request", object(members)),
        ])
        return Document(arena: arena, root: review, rootSpan: resource.document.rootSpan, partOf: resource.document)
    }

    /// `input.review` as Gatekeeper makes it of a review: with the Namespace of the object, when it is known.
    static func gatekeeperReview(of review: Document, namespace: Value) -> Document {
        let arena = Arena.make(capacity: 1024)
        var request = gatekeeperReview(review.root.field("request"), in: arena)
        if namespace.kind == .object, request.field("namespaceObject").isUndefined {
            let span = review.rootSpan
            func entry(_ key: String, _ value: Value) -> PositionedEntry {
                PositionedEntry(key: arena.string(key), value: value, keySpan: span, valueSpan: span)
            }
            let old = arena.object(["namespace": namespace])
            let added = [entry("namespaceObject", namespace), entry("_unstable", old)]
            request = arena.object(entries: request.entries(madeAt: span) + added)
        }
        return Document(arena: arena, root: request, rootSpan: review.rootSpan, partOf: review)
    }

    /// Gatekeeper shows the object that goes away as `object` too.
    private static func gatekeeperReview(_ request: Value, in arena: Arena) -> Value {
        guard request.field("operation").stringValue == "DELETE", request.field("oldObject").kind == .object,
            request.field("object").kind != .object
        else { return request }
        var entries = request.entries(madeAt: .nowhere)
        for index in entries.indices where entries[index].key.stringValue == "object" {
            entries[index].value = request.field("oldObject")
        }
        if request.field("object").isUndefined {
            entries.append(
                PositionedEntry(
                    key: arena.string("object"), value: request.field("oldObject"), keySpan: .nowhere,
                    valueSpan: .nowhere))
        }
        return arena.object(entries: entries)
    }

    /// Made for each constraint: the names of its members are made once for all.
    private static func gatekeeperInput(_ review: Document, _ parameters: Value) -> Document {
        let arena = Arena.make(capacity: 256), span = review.rootSpan
        func entry(_ key: Value, _ value: Value) -> PositionedEntry {
            PositionedEntry(key: key, value: value, keySpan: span, valueSpan: span)
        }
        let entries = [
            entry(names.parameters, orEmpty(parameters, in: arena)), entry(names.review, review.root),
        ]
        let root = entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
        return Document(arena: arena, root: root, holding: review, as: "review")
    }

    /// In an arena that lasts as long as the program.
    private static let names: (parameters: Value, review: Value) = {
        let arena = Arena.make(capacity: 256)
        return (arena.string("parameters"), arena.string("review"))
    }()

    // MARK: Objects around nodes of a file

    /// An object with members put beside those of another, which keep their places.
    private static func made(
        of owner: Document, over base: Value, _ members: (Arena) -> [(String, Value)]
    ) -> Document {
        let arena = Arena.make(capacity: 1024)
        var entries = base.entries(madeAt: owner.rootSpan)
        entries += members(arena).map { name, value in
            PositionedEntry(key: arena.string(name), value: value, keySpan: owner.rootSpan, valueSpan: owner.rootSpan)
        }
        return Document(arena: arena, root: arena.object(entries: entries), rootSpan: owner.rootSpan, partOf: owner)
    }

    /// What the file does not hold stands where the whole object does.
    private static func entries(_ members: [(String, Value)], _ resource: Resource, _ arena: Arena) -> [PositionedEntry] {
        let span = resource.document.rootSpan
        return members.map { PositionedEntry(key: arena.string($0.0), value: $0.1, keySpan: span, valueSpan: span) }
    }

    private static func orEmpty(_ parameters: Value, in arena: Arena) -> Value {
        parameters.isDefined ? parameters : arena.object([ObjectEntry]())
    }
}
