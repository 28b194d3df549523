package import Documents

/// An object of a built-in kind with what the API server fills in, as it is stored.
package enum ObjectDefaults {
    /// The object with the values of absent fields; nil where the server adds nothing, and for other kinds. What is added
    /// stands where its parent does. Fields that the server leaves out when they are empty, 0 or false stay absent.
    package static func filled(_ document: Document, catalogue: TypeCatalogue = .builtin) -> Document? {
        guard let type = TypeReference(document.root), let shape = catalogue.shape(of: type) else { return nil }
        let arena = Arena.make(capacity: 4096)
        var filler = Filler(arena: arena, span: document.rootSpan)
        let root = filler.filled(document.root, shape)
        guard filler.hasAdded else {
            arena.destroy()
            return nil
        }
        return Document(arena: arena, root: root, rootSpan: document.rootSpan, partOf: document)
    }

    private struct Filler {
        let arena: Arena
        let span: ByteSpan
        private(set) var hasAdded = false

        init(arena: Arena, span: ByteSpan) {
            self.arena = arena
            self.span = span
        }

        mutating func filled(_ value: Value, _ shape: Shape, depth: Int = 0) -> Value {
            guard depth < 64 else { return value }
            switch (value.kind, shape.form) {
            case (.object, .object): return object(value, shape, depth)
            case (.object, .map):
                guard let element = shape.element, element.form == .object || element.form == .array else { return value }
                var entries = value.entries(madeAt: span)
                for index in entries.indices { entries[index].value = filled(entries[index].value, element, depth: depth + 1) }
                return arena.object(entries: entries)
            case (.array, .array):
                guard let element = shape.element, element.form == .object || element.form == .array else { return value }
                var items = value.items(madeAt: span)
                for index in items.indices { items[index].value = filled(items[index].value, element, depth: depth + 1) }
                return arena.array(items: items)
            default: return value
            }
        }

        private mutating func object(_ value: Value, _ shape: Shape, _ depth: Int) -> Value {
            var entries = value.entries(madeAt: span)
            for index in entries.indices {
                guard let field = shape.field(entries[index].key.string) else { continue }
                entries[index].value = filled(entries[index].value, field.shape, depth: depth + 1)
            }
            for field in shape.fields where value.field(named: field.name).isNothing {
                let added = standing(of: field, in: shape, of: value)
                guard added.isDefined, !Self.isLeftOut(added) else { continue }
                hasAdded = true
                entries.removeAll { $0.key.string == field.name }
                entries.append(
                    PositionedEntry(
                        key: arena.string(field.name), value: filled(added, field.shape, depth: depth + 1), keySpan: span,
                        valueSpan: span))
            }
            return arena.object(entries: entries)
        }

        /// `false`, 0 and the empty text are not written where a field is absent.
        private static func isLeftOut(_ value: Value) -> Bool {
            value.isFalse || value.intValue == 0 || value.kind == .string && value.count == 0
        }

        private func standing(of field: Shape.Field, in shape: Shape, of object: Value) -> Value {
            let known = APIDefaults.value(of: field, in: shape.typeName)
            if known.isDefined { return known }
            let type = shape.typeName.split(separator: ".").suffix(3).joined(separator: ".")
            switch (type, field.name) {
            case ("core.v1.Container", "imagePullPolicy"):
                return arena.string(Self.isMovable(object.field("image").stringValue ?? "") ? "Always" : "IfNotPresent")
            case ("core.v1.ServicePort", "targetPort"): return object.field("port")
            case ("apps.v1.DeploymentSpec", "strategy"), ("apps.v1.DaemonSetSpec", "updateStrategy"),
                ("apps.v1.StatefulSetSpec", "updateStrategy"):
                return arena.object(["type": arena.string("RollingUpdate")])
            case ("apps.v1.DeploymentStrategy", "rollingUpdate"), ("apps.v1.DaemonSetUpdateStrategy", "rollingUpdate"):
                let strategy = object.field("type").stringValue ?? ""
                return strategy.isEmpty || strategy == "RollingUpdate" ? arena.object([ObjectEntry]()) : .undefined
            case ("batch.v1.JobSpec", "parallelism"): return .int(1)
            case ("batch.v1.JobSpec", "completions"):
                return object.field("parallelism").isNothing ? .int(1) : .undefined
            default: return .undefined
            }
        }

        /// Whether an image is fetched each time: it has no tag and no digest, or the tag `latest`.
        private static func isMovable(_ image: String) -> Bool {
            if image.contains("@") { return false }
            let name = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
            guard let colon = name.lastIndex(of: ":") else { return true }
            return name[name.index(after: colon)...] == "latest"
        }
    }
}
