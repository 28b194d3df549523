/// A kind of the API in one group and version.
package struct KindEntry: Sendable {
    package let kind: String
    package let group: String
    package let version: String
    /// The plural name in URLs; nil for kinds that are not stored, such as lists.
    package let resource: String?
    /// Whether its objects live in namespaces.
    package let isNamespaced: Bool
    /// The releases that have it, oldest first.
    package let releases: [Release]
    let number: Int
    let definition: Int
    let mask: Int

    init(_ catalogue: TypeCatalogue, number: Int) {
        var reader = catalogue.tables.kind(number, catalogue.bytes) ?? CatalogueBytes(catalogue.bytes)
        self.number = number
        kind = catalogue.string(reader.number())
        group = catalogue.string(reader.number())
        version = catalogue.string(reader.number())
        definition = reader.number()
        let resource = reader.number()
        self.resource = resource == 0 ? nil : catalogue.string(resource - 1)
        mask = reader.number()
        isNamespaced = reader.number() == 1
        let mask = mask
        releases = catalogue.releases.indices.filter { mask & (1 << $0) != 0 }.map { catalogue.releases[$0] }
    }

    /// Whether its objects are stored under names: lists, reviews and requests are not.
    package var isStored: Bool {
        resource != nil && !kind.hasSuffix("Review")
            && !["Binding", "Eviction", "TokenRequest", "Scale"].contains(kind)
    }

    /// As manifests write it: `apps/v1`, or `v1` for the core group.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// Whether a release has it.
    package func exists(in release: Release) -> Bool { releases.contains(release) }
}
