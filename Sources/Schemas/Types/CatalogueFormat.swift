/// How a catalogue is laid out: a header, then tables whose numbers are little-endian, then records that are read only
/// when a kind needs them.
///
///     "LTC1"  releases  strings  types  definitions  kinds      six 32-bit words: mark and counts
///     releases     16-bit major, 16-bit minor, oldest first
///     string ends  32-bit offset behind each string, then their bytes
///     type starts  32-bit offset of each type record, then the records, in variable-length numbers
///     definitions  32-bit offset of each record: name, runs of (releases, type)
///     kinds        records sorted by kind: kind, group, version, definition, resource, releases, flags
///
/// A set of releases is a mask with one bit a release.
enum CatalogueFormat {
    static let mark: [UInt8] = Array("LTC1".utf8)

    /// What a value of a shape is.
    enum Tag: UInt8 {
        case any = 0
        case string, integer, number, boolean, object, array, map, reference
        case intOrString, quantity, time, microTime, bytes, int32, int64
    }

    /// What else a shape says, as bits of a number behind its tag.
    struct Traits: OptionSet {
        let rawValue: UInt
        static let enumeration = Traits(rawValue: 1)
        static let defaultValue = Traits(rawValue: 2)
        static let listSet = Traits(rawValue: 4)
        static let listMap = Traits(rawValue: 8)
        static let listAtomic = Traits(rawValue: 16)
        static let mapAtomic = Traits(rawValue: 32)
        static let mergeKey = Traits(rawValue: 64)
        static let patchMerge = Traits(rawValue: 128)
        static let patchReplace = Traits(rawValue: 256)
        static let patchRetainKeys = Traits(rawValue: 512)
        static let deprecated = Traits(rawValue: 1024)
        static let required = Traits(rawValue: 2048)
        static let preserveUnknown = Traits(rawValue: 4096)
    }
}
