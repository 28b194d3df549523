import CSchemaCatalogue
import Documents
import Synchronization

/// The types of the Kubernetes API for a number of releases. Opening it costs nothing worth mentioning: kinds and
/// their types are read when an object of the kind comes along, once for each release.
package final class TypeCatalogue: Sendable {
    /// The copy of a file's bytes; nil for the catalogue inside the program.
    private let owned: OwnedBytes?
    nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
    /// The releases it knows, oldest first.
    package let releases: [Release]
    let tables: CatalogueTables
    private let loaded = Mutex(LoadedShapes())

    private struct LoadedShapes {
        var entries: [TypeReference: KindEntry?] = [:]
        /// By number of the kind and place of the release.
        var kinds: [Int: Shape?] = [:]
        var definitions: [Int: [Int: Shape]] = [:]
        /// The groups of all kinds; nil until somebody asks.
        var groups: Set<String>?
        /// Names of fields live as long as the catalogue.
        var arena: Arena?
    }

    /// The catalogue inside the program.
    package static let builtin: TypeCatalogue = {
        let bytes = UnsafeBufferPointer(start: lintel_schema_catalogue(), count: lintel_schema_catalogue_size())
        return TypeCatalogue(bytes: bytes, owned: nil) ?? TypeCatalogue.empty
    }()

    private static var empty: TypeCatalogue { TypeCatalogue(releases: []) }

    /// A catalogue read from a file; nil when the bytes are not one.
    package convenience init?(_ contents: [UInt8]) {
        let owned = OwnedBytes(contents)
        self.init(bytes: UnsafeBufferPointer(owned.bytes), owned: owned)
    }

    private init(releases: [Release]) {
        owned = nil
        bytes = UnsafeBufferPointer(start: nil, count: 0)
        self.releases = releases
        tables = CatalogueTables()
    }

    private init?(bytes: UnsafeBufferPointer<UInt8>, owned: OwnedBytes?) {
        guard let tables = CatalogueTables(bytes) else { return nil }
        self.owned = owned
        self.bytes = bytes
        self.tables = tables
        releases = tables.releases
    }

    /// The newest release it knows.
    package var newest: Release { releases.last ?? Release(major: 1, minor: 0) }

    /// The number of the release in masks; the nearest known one for releases before the first or after the last.
    func index(of release: Release) -> Int {
        var found = 0
        for (index, known) in releases.enumerated() where known <= release { found = index }
        return found
    }

    func string(_ number: Int) -> String { String(decoding: tables.text(number, bytes), as: UTF8.self) }

    /// All kinds of a name, in all groups and versions; in no particular order.
    package func kinds(named kind: String) -> [KindEntry] {
        var name = kind
        return name.withUTF8 { tables.kinds(named: $0, bytes) }.map { KindEntry(self, number: $0) }
    }

    /// Every kind of every release, by name.
    package var allKinds: [KindEntry] { (0..<tables.kindCount).map { KindEntry(self, number: $0) } }

    /// Whether a group is one of Kubernetes' own.
    package func hasGroup(_ group: String) -> Bool {
        loaded.withLock { loaded in
            let groups = loaded.groups ?? Set(allKinds.map(\.group))
            loaded.groups = groups
            return groups.contains(group)
        }
    }

    /// The kind that an object says it is of.
    package func kind(_ type: TypeReference) -> KindEntry? {
        if let known = loaded.withLock({ $0.entries[type] }) { return known }
        let entry = kind(group: type.group, version: type.version, kind: type.kind)
        // Names come from manifests: only so many are kept.
        loaded.withLock { if $0.entries.count < 2000 { $0.entries[type] = .some(entry) } }
        return entry
    }

    /// The kind with this name in a group and version, in whatever release.
    package func kind(group: String, version: String, kind: String) -> KindEntry? {
        kinds(named: kind).first { $0.group == group && $0.version == version }
    }

    /// The releases in which a type has a field, oldest first.
    func releases(withField name: String, ofType typeName: String) -> [Release] {
        for number in 0..<tables.definitionCount {
            guard var record = tables.definition(number, bytes), string(record.number()) == typeName else { continue }
            var mask = 0
            for _ in 0..<record.number() {
                let releases = record.number()
                if let type = tables.type(record.number(), bytes), hasField(name, type) { mask |= releases }
            }
            return releases.indices.filter { mask & (1 << $0) != 0 }.map { releases[$0] }
        }
        return []
    }

    private func hasField(_ name: String, _ type: CatalogueBytes) -> Bool {
        let arena = Arena.make()
        defer { arena.destroy() }
        var loader = ShapeLoader(catalogue: self, release: -1, arena: arena, known: [:])
        return loader.fieldNames(type).contains(name)
    }

    /// The shape of a kind in a release; nil where the release does not have it.
    package func shape(of kind: KindEntry, in release: Release) -> Shape? {
        let index = self.index(of: release)
        guard kind.mask & (1 << index) != 0 else { return nil }
        return loaded.withLock { loaded in
            let key = kind.number << 8 | index
            if let known = loaded.kinds[key] { return known }
            let arena = loaded.arena ?? Arena.make(capacity: 64 << 10)
            loaded.arena = arena
            var loader = ShapeLoader(
                catalogue: self, release: index, arena: arena, known: loaded.definitions[index] ?? [:])
            let shape = loader.definition(kind.definition)
            loaded.definitions[index] = loader.known
            loaded.kinds[key] = .some(shape)
            return shape
        }
    }
}
