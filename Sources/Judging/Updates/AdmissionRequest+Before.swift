package import Documents
package import Inputs

extension AdmissionRequest {
    /// Whether the update leaves everything but metadata and status as it was.
    package var keepsSpecification: Bool {
        operation == .update && Self.isSameButForMetadata(request.field("object"), request.field("oldObject"))
    }

    /// The old object of an update as if it were about to be created; nil for what is no update of an object.
    ///
    /// Created, since a policy may say that an object of its kind must not be changed at all: it says that of the old
    /// object too, if that is about to be updated.
    package var before: Subject? {
        let old = request.field("oldObject")
        guard operation == .update, old.kind == .object else { return nil }
        let arena = Arena.make(capacity: 1024)
        func object(_ members: [(Value, Value)]) -> Value {
            arena.object(members.map { ObjectEntry(key: $0.0, value: $0.1) })
        }
        let members = zip(request.keys, request.values).map { key, value -> (Value, Value) in
            switch key.stringValue {
            case "operation": (key, arena.string(Operation.create.rawValue))
            case "object": (key, old)
            case "oldObject": (key, .null)
            default: (key, value)
            }
        }
        let root = review.root
        let outer = zip(root.keys, root.values).map { key, value in
            key.stringValue == "request" ? (key, object(members)) : (key, value)
        }
        let creation = Document(arena: arena, root: object(outer), owner: review)
        let resource = Self.resource(old, in: creation, type: type, namespace: namespace, name: name)
        return Subject(resource, Circumstances(operation: .create, review: creation))
    }
}
