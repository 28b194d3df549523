import Documents
import Inputs
import Judging
import Text

/// Makes the AdmissionReview that the API server would send for an object, and the answer it would get
/// (`admission.k8s.io/v1`).
struct RequestSettings {
    var operation = "CREATE"
    var user = "kubernetes-admin"
    var groups = ["system:masters", "system:authenticated"]
    var namespace = "default"
    var isDryRun = false
    /// Whether nothing was chosen that makes the request another than that of a manifest which is created.
    var isPlain = true

    static let operations = ["CREATE", "UPDATE", "DELETE", "CONNECT"]

    /// The review of a subject with its object in place, so that nodes of the object keep their places.
    func review(of subject: InputObject) -> Document {
        if let review = subject.review { return review }
        let arena = Arena.make(capacity: 4096)
        let builder = PlacedObject(arena: arena, span: subject.document.rootSpan)
        let root = builder.object([
            ("apiVersion", arena.string("admission.k8s.io/v1")), ("kind", arena.string("AdmissionReview")),
            ("request", request(subject, builder)),
        ])
        return Document(arena: arena, root: root, rootSpan: subject.document.rootSpan, partOf: subject.document)
    }

    private func request(_ subject: InputObject, _ builder: PlacedObject) -> Value {
        let arena = builder.arena
        let type = subject.type
        let isDeletion = operation == "DELETE"
        let kind = builder.object([
            ("group", arena.string(type.group)), ("version", arena.string(type.version)),
            ("kind", arena.string(type.kind)),
        ])
        let resource = builder.object([
            ("group", arena.string(type.group)), ("version", arena.string(type.version)),
            ("resource", arena.string(PluralNames.name(of: type.kind))),
        ])
        let user = builder.object([
            ("username", arena.string(user)), ("groups", arena.array(groups.map { arena.string($0) })),
        ])
        var members: [(String, Value)] = [
            ("uid", arena.string(Self.uid(subject.index))), ("kind", kind), ("requestKind", kind),
            ("resource", resource),
            ("requestResource", resource), ("name", arena.string(subject.name)), ("operation", arena.string(operation)),
            ("userInfo", user), ("object", isDeletion ? .null : subject.document.root),
            ("oldObject", operation == "UPDATE" || isDeletion ? subject.document.root : .null),
            ("dryRun", .bool(isDryRun)),
            (
                "options",
                builder.object([
                    ("apiVersion", arena.string("meta.k8s.io/v1")),
                    ("kind", arena.string(Self.options[operation] ?? "CreateOptions")),
                ])
            ),
        ]
        let namespace = subject.namespace ?? (ClusterScope.contains(type.groupKind) ? nil : namespace)
        if let namespace { members.append(("namespace", arena.string(namespace))) }
        return builder.object(members)
    }

    private static let options = [
        "CREATE": "CreateOptions", "UPDATE": "UpdateOptions", "DELETE": "DeleteOptions", "CONNECT": "PodExecOptions",
    ]

    /// The same for every run, so that answers can be compared.
    private static func uid(_ index: Int) -> String {
        let digits = String(index + 1)
        return "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    /// The AdmissionReview that answers: the uid of the request, whether it is allowed, why not, and warnings.
    static func response(to review: Value, denials: [String], warnings: [String]) -> JSON {
        var response: [(String, JSON)] = [
            ("uid", .value(review.field("request").field("uid"))), ("allowed", .bool(denials.isEmpty)),
        ]
        if !denials.isEmpty {
            response.append(
                (
                    "status",
                    .object([
                        ("code", .int(403)), ("reason", .string("Forbidden")),
                        ("message", .string(denials.joined(separator: "\n"))),
                    ])
                ))
        }
        if !warnings.isEmpty { response.append(("warnings", .strings(warnings))) }
        return .object([
            ("apiVersion", .string("admission.k8s.io/v1")), ("kind", .string("AdmissionReview")),
            ("response", .object(response)),
        ])
    }
}

/// Builds objects around nodes of a file: what the file does not hold stands where the whole object does.
struct PlacedObject {
    let arena: Arena
    let span: ByteSpan

    func object(_ members: [(String, Value)]) -> Value {
        arena.object(
            entries: members.map { name, value in
                PositionedEntry(key: arena.string(name), value: value, keySpan: span, valueSpan: span)
            })
    }
}
