#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The zones that an evaluation context has read from the system's time zone files.
package final class TimeZoneCache {
    private var zones: [String: TimeZoneRules?] = [:]

    package init() {}

    private static let directories = [
        "/usr/share/zoneinfo", "/usr/share/lib/zoneinfo", "/usr/lib/locale/TZ", "/etc/zoneinfo",
    ]

    /// The zone of an IANA name, of "" and `UTC`, or of this machine (`Local`); nil if there is none.
    package func zone(named name: String) -> TimeZoneRules? {
        if name.isEmpty || name == "UTC" { return .utc }
        if let known = zones[name] { return known }
        let zone = name == "Local" ? Self.read("/etc/localtime") ?? .utc : Self.read(zone: name)
        zones[name] = zone
        return zone
    }

    /// Whether the name could lead out of the directory of zones.
    package static func isUnsafe(_ name: String) -> Bool {
        name.utf8.first == UInt8(ascii: "/") || name.utf8.first == UInt8(ascii: "\\") || name.utf8.contains(0)
            || zip(name.utf8, name.utf8.dropFirst()).contains { $0 == (UInt8(ascii: "."), UInt8(ascii: ".")) }
    }

    private static func read(zone name: String) -> TimeZoneRules? {
        for directory in directories {
            if let zone = read(directory + "/" + name) { return zone }
        }
        return nil
    }

    private static func read(_ path: String) -> TimeZoneRules? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes.append(contentsOf: buffer[..<count])
        }
        return TimeZoneRules(tzif: bytes)
    }
}
