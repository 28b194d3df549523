import Documents

/// Builds the shapes of one release from the records of a catalogue.
struct ShapeLoader {
    let catalogue: TypeCatalogue
    let release: Int
    let arena: Arena
    /// Shapes of definitions that exist already.
    var known: [Int: Shape]
    /// How many definitions are being read inside each other; a chain longer than any real one is cut.
    private var depth = 0
    /// Whether only names are wanted.
    private var skipsReferences = false

    init(catalogue: TypeCatalogue, release: Int, arena: Arena, known: [Int: Shape]) {
        self.catalogue = catalogue
        self.release = release
        self.arena = arena
        self.known = known
    }

    /// A definition in this release; anything goes where the record is missing.
    mutating func definition(_ number: Int) -> Shape {
        if let shape = known[number] { return shape }
        guard depth < 200, var record = catalogue.tables.definition(number, catalogue.bytes) else { return Shape(.any) }
        depth += 1
        defer { depth -= 1 }
        let name = record.number()
        for _ in 0..<record.number() {
            let mask = record.number()
            let type = record.number()
            guard mask & (1 << release) != 0 else { continue }
            return self.type(type, name: name, definition: number)
        }
        return Shape(.any)
    }

    private mutating func type(_ number: Int, name: Int, definition: Int) -> Shape {
        guard var record = catalogue.tables.type(number, catalogue.bytes) else { return Shape(.any) }
        let form = Self.form(CatalogueFormat.Tag(rawValue: record.byte()) ?? .any)
        let shape = Shape(form)
        shape.typeName = catalogue.string(name)
        known[definition] = shape
        let count = record.number()
        guard form == .object, count > 0, count <= 4096 else { return shape }
        var names: [ObjectEntry] = []
        for _ in 0..<count {
            let text = catalogue.tables.text(record.number(), catalogue.bytes)
            names.append(
                ObjectEntry(
                    key: text.count > 0 ? .string(text.baseAddress!, count: text.count) : arena.string(""), value: .null
                ))
            shape.fields.append(field(String(decoding: text, as: UTF8.self), &record))
        }
        shape.names = names.withUnsafeBufferPointer { arena.object(sorted: $0) }
        return shape
    }

    /// The names of the fields in a record of a type.
    mutating func fieldNames(_ record: CatalogueBytes) -> [String] {
        var record = record
        guard record.byte() == CatalogueFormat.Tag.object.rawValue else { return [] }
        return (0..<min(record.number(), 4096)).map { _ in
            let name = catalogue.string(record.number())
            skipsReferences = true
            _ = field(name, &record)
            return name
        }
    }

    private mutating func field(_ name: String, _ record: inout CatalogueBytes) -> Shape.Field {
        let tag = CatalogueFormat.Tag(rawValue: record.byte()) ?? .any
        let traits = CatalogueFormat.Traits(rawValue: UInt(record.number()))
        var field = Shape.Field(name: name, shape: shape(tag, &record, depth: 0))
        field.isRequired = traits.contains(.required)
        field.isDeprecated = traits.contains(.deprecated)
        if traits.contains(.enumeration) {
            field.values = (0..<record.number()).map { _ in catalogue.string(record.number()) }
        }
        if traits.contains(.defaultValue) { field.defaultValue = catalogue.string(record.number()) }
        if traits.contains(.listSet) { field.list = .set }
        if traits.contains(.listAtomic) { field.list = .atomic }
        if traits.contains(.listMap) {
            field.list = .map
            field.listKeys = (0..<record.number()).map { _ in catalogue.string(record.number()) }
        }
        field.isAtomicMap = traits.contains(.mapAtomic)
        if traits.contains(.mergeKey) { field.patchMergeKey = catalogue.string(record.number()) }
        if traits.contains(.patchMerge) { field.patchStrategy = "merge" }
        if traits.contains(.patchReplace) { field.patchStrategy = "replace" }
        if traits.contains(.patchRetainKeys) { field.patchStrategy = "retainKeys" }
        return field
    }

    private mutating func shape(_ tag: CatalogueFormat.Tag, _ record: inout CatalogueBytes, depth: Int) -> Shape {
        guard depth < 16 else { return Shape(.any) }
        switch tag {
        case .reference:
            let number = record.number()
            return skipsReferences ? Shape(.any) : definition(number)
        case .array, .map:
            let shape = Shape(Self.form(tag))
            let element = CatalogueFormat.Tag(rawValue: record.byte()) ?? .any
            shape.element = self.shape(element, &record, depth: depth + 1)
            return shape
        default: return Shape(Self.form(tag))
        }
    }

    private static func form(_ tag: CatalogueFormat.Tag) -> Shape.Form {
        switch tag {
        case .any, .reference: .any
        case .string: .string
        case .integer, .int64: .int64
        case .int32: .int32
        case .number: .number
        case .boolean: .boolean
        case .object: .object
        case .array: .array
        case .map: .map
        case .intOrString: .intOrString
        case .quantity: .quantity
        case .time: .time
        case .microTime: .microTime
        case .bytes: .bytes
        }
    }
}
