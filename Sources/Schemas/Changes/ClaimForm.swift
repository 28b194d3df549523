import Documents

/// Claims to devices are written in two forms: the first versions of their API have no `exactly` around what a request wants.
enum ClaimForm {
    private static let kinds: Set = ["ResourceClaim", "ResourceClaimTemplate"]
    private static let flat: Set = ["v1alpha3", "v1beta1"]

    /// Whether an object of a type is in the older form.
    static func isFlat(_ type: TypeReference) -> Bool {
        type.group == "resource.k8s.io" && kinds.contains(type.kind) && flat.contains(type.version)
    }

    /// A claim of the older form in the newer one.
    static func raised(_ object: Value) -> Document {
        Document { arena in raised(object, ["spec", "spec", "devices"], arena) }
    }

    /// Goes down to `requests`; of two fields `spec` a template has both and a claim one.
    private static func raised(_ value: Value, _ path: ArraySlice<String>, _ arena: Arena) -> Value {
        guard let name = path.first else {
            return replacing("requests", of: value, arena) { list in
                guard list.kind == .array else { return arena.copy(list) }
                return arena.array(list.elements.map { raisedRequest($0, arena) })
            }
        }
        if name == "spec", value.field("spec").isUndefined { return raised(value, path.dropFirst(), arena) }
        return replacing(name, of: value, arena) { raised($0, path.dropFirst(), arena) }
    }

    private static func raisedRequest(_ request: Value, _ arena: Arena) -> Value {
        guard request.kind == .object, !request.field("deviceClassName").isNothing else { return arena.copy(request) }
        var own: [ObjectEntry] = [], exactly: [ObjectEntry] = []
        for index in request.keys.indices {
            let entry = ObjectEntry(key: arena.copy(request.keys[index]), value: arena.copy(request.values[index]))
            if ["name", "firstAvailable"].contains(request.keys[index].string) {
                own.append(entry)
            } else {
                exactly.append(entry)
            }
        }
        own.append(ObjectEntry(key: arena.string("exactly"), value: arena.object(exactly)))
        return arena.object(own)
    }

    private static func replacing(_ name: String, of object: Value, _ arena: Arena, by make: (Value) -> Value) -> Value {
        guard object.kind == .object else { return arena.copy(object) }
        return arena.object(
            object.keys.indices.map { index in
                let value = object.values[index]
                let key = arena.copy(object.keys[index])
                return ObjectEntry(key: key, value: object.keys[index].string == name ? make(value) : arena.copy(value))
            })
    }
}
