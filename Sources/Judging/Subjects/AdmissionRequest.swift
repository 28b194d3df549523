package import Documents
package import Inputs

/// The request of an AdmissionReview (`admission.k8s.io`), as far as evaluation needs it.
package struct AdmissionRequest: Sendable {
    /// Why a review cannot be judged.
    package struct Malformed: Error, Sendable, Hashable {
        package var message: String
    }

    /// What is about to happen to the object.
    package enum Operation: String, Sendable, Hashable, CaseIterable {
        case create = "CREATE"
        case update = "UPDATE"
        case delete = "DELETE"
        case connect = "CONNECT"
    }

    /// The whole review; keeps all values alive.
    package let review: Document
    package let operation: Operation
    /// The kind of the object that the request carries.
    package let type: GroupVersionKind
    package let subresource: String
    package let namespace: String?
    /// `metadata.generateName` followed by `*` when the API server has yet to choose the name.
    package let name: String
    package let isDryRun: Bool
    /// What checks judge: the object that the request carries, or that goes away.
    package let subject: Subject

    package var request: Value { review.root.field("request") }
    /// Who asks; empty when the request does not say.
    package var userName: String { request.field("userInfo").field("username").stringValue ?? "" }

    /// Subresources whose object is the whole parent, of which only another part than its specification can change.
    private static let partsWithoutSpecification: Set = ["status", "finalize", "approval"]

    /// Reads the `request` of a review.
    package init(_ review: Document) throws(Malformed) {
        self.review = review
        let request = review.root.field("request")
        guard let text = request.field("operation").stringValue, let operation = Operation(rawValue: text) else {
            throw Malformed(message: "request.operation is not CREATE, UPDATE, DELETE or CONNECT")
        }
        self.operation = operation
        subresource = request.field("subResource").stringValue ?? ""
        isDryRun = request.field("dryRun").isTrue
        let object = request.field("object"), oldObject = request.field("oldObject")
        let carried = operation == .delete ? oldObject : object
        switch carried.kind {
        case .object: break
        case .undefined where operation == .delete || operation == .connect: break
        case .null where operation == .delete || operation == .connect: break
        default: throw Malformed(message: "request.object is not an object")
        }
        type = try Self.type(of: carried, request.field("kind"))
        let metadata = carried.field("metadata")
        namespace = Self.text(request.field("namespace")) ?? Self.text(metadata.field("namespace"))
        name =
            Self.text(request.field("name")) ?? Self.text(metadata.field("name"))
            ?? Self.text(metadata.field("generateName")).map { $0 + "*" } ?? ""
        let isJudged =
            operation != .delete && object.kind == .object && !Self.partsWithoutSpecification.contains(subresource)
            && !Self.onlyReleases(object, oldObject, operation)
        subject = Subject(
            Self.resource(carried, in: review, type: type, namespace: namespace, name: name),
            Circumstances(operation: operation, review: review), isJudgedAsObject: isJudged)
    }

    private static func text(_ value: Value) -> String? { value.kind == .string && value.count > 0 ? value.string : nil }

    /// The type that the object states, which is what policies see, or else that of the request.
    private static func type(of object: Value, _ kind: Value) throws(Malformed) -> GroupVersionKind {
        if let version = text(object.field("apiVersion")), let name = text(object.field("kind")) {
            return GroupVersionKind(apiVersion: version, kind: name)
        }
        guard let name = text(kind.field("kind")) else {
            throw Malformed(message: "neither request.kind nor the object says what kind it is")
        }
        let group = text(kind.field("group")), version = text(kind.field("version")) ?? ""
        return GroupVersionKind(apiVersion: group.map { "\($0)/\(version)" } ?? version, kind: name)
    }

    /// Whether an update of an object that is being deleted leaves everything but metadata and status as it was:
    /// denying it would only keep the object from going away.
    private static func onlyReleases(_ object: Value, _ oldObject: Value, _ operation: Operation) -> Bool {
        guard operation == .update, oldObject.kind == .object,
            text(oldObject.field("metadata").field("deletionTimestamp")) != nil
        else { return false }
        return isSameButForMetadata(object, oldObject)
    }

    /// Whether two states of an object differ in nothing but metadata and status.
    static func isSameButForMetadata(_ object: Value, _ oldObject: Value) -> Bool {
        guard object.kind == .object, oldObject.kind == .object else { return false }
        let others: (Value) -> [(Value, Value)] = { value in
            zip(value.keys, value.values).filter { key, _ in
                key.stringValue.map { $0 != "metadata" && $0 != "status" } ?? true
            }
        }
        return others(object).elementsEqual(others(oldObject)) { $0.0 == $1.0 && $0.1 == $1.1 }
    }

    static func resource(
        _ object: Value, in review: Document, type: GroupVersionKind, namespace: String?, name: String
    ) -> Resource {
        let arena = Arena.make(capacity: 256)
        var root = object.kind == .object ? object : .null
        if root.kind == .object, text(object.field("apiVersion")) == nil || text(object.field("kind")) == nil {
            // Policies find out from the object what they look at.
            let entries = zip(object.keys, object.values).map { ObjectEntry(key: $0, value: $1) }
            root = arena.object(
                entries + [
                    ObjectEntry(key: arena.string("apiVersion"), value: arena.string(type.apiVersion)),
                    ObjectEntry(key: arena.string("kind"), value: arena.string(type.kind)),
                ])
        }
        let document = Document(arena: arena, root: root, owner: review)
        return Resource(
            document: document, type: type, namespace: namespace, name: name, path: "request.object", documentIndex: 0,
            itemPath: [])
    }
}
