import Text

/// Puts a catalogue together: equal types and strings are kept once.
package struct CatalogueBuilder {
    /// A type as it goes into a record.
    package struct TypeFacts: Hashable {
        package var shape: ShapeFacts
        package var fields: [FieldFacts] = []
    }

    package indirect enum ShapeFacts: Hashable {
        case plain(UInt8)
        case reference(String)
        case array(ShapeFacts)
        case map(ShapeFacts)
    }

    package struct FieldFacts: Hashable {
        package var name: String
        package var shape: ShapeFacts
        package var isRequired = false
        package var isDeprecated = false
        package var values: [String]?
        package var defaultValue: String?
        package var listType: String?
        package var listKeys: [String] = []
        package var mapType: String?
        package var mergeKey: String?
        package var patchStrategy: String?
    }

    package struct KindFacts {
        package var kind: String
        package var group: String
        package var version: String
        package var definition: String
        package var resource: String?
        package var isNamespaced: Bool
        package var mask: Int
    }

    private let releases: [Release]
    private var strings: [String: Int] = [:]
    private var stringList: [String] = []
    private var types: [TypeFacts: Int] = [:]
    private var typeRecords: [[UInt8]] = []
    private var definitions: [String: Int] = [:]
    private var definitionNames: [String] = []
    private var runs: [[(mask: Int, type: TypeFacts)]] = []
    private var kinds: [KindFacts] = []

    package init(releases: [Release]) { self.releases = releases }

    /// Adds what a definition is in some releases.
    package mutating func add(definition: String, _ type: TypeFacts, mask: Int) {
        runs[number(ofDefinition: definition)].append((mask, type))
    }

    package mutating func add(_ kind: KindFacts) { kinds.append(kind) }

    private mutating func number(ofDefinition name: String) -> Int {
        if let known = definitions[name] { return known }
        definitions[name] = runs.count
        definitionNames.append(name)
        runs.append([])
        return runs.count - 1
    }

    private mutating func number(of text: String) -> Int {
        if let known = strings[text] { return known }
        strings[text] = stringList.count
        stringList.append(text)
        return stringList.count - 1
    }

    /// The catalogue; see `CatalogueFormat`.
    package mutating func bytes() -> [UInt8] {
        // Types mention further definitions while they are written.
        var definitionRecords: [[UInt8]] = []
        var next = 0
        let kindRecords = kinds.sorted(by: Self.byName).map { record(of: $0) }
        while next < runs.count {
            var record = CatalogueBuffer()
            record.number(number(of: definitionNames[next]))
            record.number(runs[next].count)
            for (mask, type) in runs[next] {
                record.number(mask)
                record.number(number(of: type))
            }
            definitionRecords.append(record.bytes)
            next += 1
        }
        return assemble(definitionRecords, kindRecords)
    }

    private static func byName(_ left: KindFacts, _ right: KindFacts) -> Bool {
        if left.kind != right.kind { return ExactText.precedes(left.kind, right.kind) }
        return (left.group, left.version) < (right.group, right.version)
    }

    private mutating func record(of kind: KindFacts) -> [UInt8] {
        var record = CatalogueBuffer()
        for text in [kind.kind, kind.group, kind.version] { record.number(number(of: text)) }
        record.number(number(ofDefinition: kind.definition))
        record.number(kind.resource.map { number(of: $0) + 1 } ?? 0)
        record.number(kind.mask)
        record.number(kind.isNamespaced ? 1 : 0)
        return record.bytes
    }

    private mutating func number(of type: TypeFacts) -> Int {
        if let known = types[type] { return known }
        var record = CatalogueBuffer()
        write(type.shape, to: &record, afterTag: { _, _ in })
        if case .plain(CatalogueFormat.Tag.object.rawValue) = type.shape {
            record.number(type.fields.count)
            for field in type.fields.sorted(by: { ExactText.precedes($0.name, $1.name) }) {
                write(field, to: &record)
            }
        }
        types[type] = typeRecords.count
        typeRecords.append(record.bytes)
        return typeRecords.count - 1
    }

    private mutating func write(
        _ shape: ShapeFacts, to record: inout CatalogueBuffer,
        afterTag: (inout CatalogueBuilder, inout CatalogueBuffer) -> Void
    ) {
        let none: (inout CatalogueBuilder, inout CatalogueBuffer) -> Void = { _, _ in }
        switch shape {
        case .plain(let tag):
            record.bytes.append(tag)
            afterTag(&self, &record)
        case .reference(let name):
            record.bytes.append(CatalogueFormat.Tag.reference.rawValue)
            afterTag(&self, &record)
            record.number(number(ofDefinition: name))
        case .array(let element), .map(let element):
            let isArray = if case .array = shape { true } else { false }
            record.bytes.append((isArray ? CatalogueFormat.Tag.array : .map).rawValue)
            afterTag(&self, &record)
            write(element, to: &record, afterTag: none)
        }
    }

    private mutating func write(_ field: FieldFacts, to record: inout CatalogueBuffer) {
        record.number(number(of: field.name))
        write(field.shape, to: &record) { builder, record in record.number(Int(Self.traits(of: field).rawValue)) }
        if let values = field.values {
            record.number(values.count)
            for value in values { record.number(number(of: value)) }
        }
        if let text = field.defaultValue { record.number(number(of: text)) }
        if field.listType == "map" {
            record.number(field.listKeys.count)
            for key in field.listKeys { record.number(number(of: key)) }
        }
        if let key = field.mergeKey { record.number(number(of: key)) }
    }

    private static func traits(of field: FieldFacts) -> CatalogueFormat.Traits {
        var traits: CatalogueFormat.Traits = []
        if field.isRequired { traits.insert(.required) }
        if field.isDeprecated { traits.insert(.deprecated) }
        if field.values != nil { traits.insert(.enumeration) }
        if field.defaultValue != nil { traits.insert(.defaultValue) }
        switch field.listType {
        case "set": traits.insert(.listSet)
        case "map": traits.insert(.listMap)
        case "atomic": traits.insert(.listAtomic)
        default: break
        }
        if field.mapType == "atomic" { traits.insert(.mapAtomic) }
        if field.mergeKey != nil { traits.insert(.mergeKey) }
        for strategy in field.patchStrategy?.split(separator: ",") ?? [] {
            switch strategy {
            case "merge": traits.insert(.patchMerge)
            case "replace": traits.insert(.patchReplace)
            case "retainKeys": traits.insert(.patchRetainKeys)
            default: break
            }
        }
        return traits
    }

    private func assemble(_ definitionRecords: [[UInt8]], _ kindRecords: [[UInt8]]) -> [UInt8] {
        var buffer = CatalogueBuffer(bytes: CatalogueFormat.mark)
        for count in [releases.count, stringList.count, typeRecords.count, definitionRecords.count, kindRecords.count] {
            buffer.word(count)
        }
        for release in releases { buffer.word(release.major | release.minor << 16) }
        var end = 0
        for text in stringList {
            end += text.utf8.count
            buffer.word(end)
        }
        for text in stringList { buffer.bytes += text.utf8 }
        let tables = [typeRecords, definitionRecords, kindRecords]
        var start = buffer.bytes.count + 4 * tables.reduce(0) { $0 + $1.count }
        for record in tables.joined() {
            buffer.word(start)
            start += record.count
        }
        for record in tables.joined() { buffer.bytes += record }
        return buffer.bytes
    }
}
