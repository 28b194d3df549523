/// Times as Go's `time` package writes and reads them, for other users than builtins.
package enum GoTime {
    /// Why a text does not fit a layout, as Go words it.
    package struct Problem: Error {
        package var message: String
    }

    /// A time zone of the system; UTC when there is none of that name.
    package struct Zone: Sendable {
        let rules: TimeZoneRules

        package static let utc = Zone(rules: .utc)

        init(rules: TimeZoneRules) { self.rules = rules }

        /// The zone of an IANA name; nil if there is none.
        package init?(named name: String) {
            guard !TimeZoneCache.isUnsafe(name), let rules = TimeZoneCache().zone(named: name) else { return nil }
            self.rules = rules
        }

        /// Seconds east of UTC at an instant.
        package func offset(at seconds: Int) -> Int { rules.local(at: seconds).offset }
    }

    package static func text(_ layout: String, seconds: Int, nanoseconds: Int, zone: Zone) -> String {
        let bytes = TimeLayout(layout).format(seconds: seconds, nanoseconds: nanoseconds, in: zone.rules)
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func parse(
        _ layout: String, _ text: String, zone: Zone
    ) throws(Problem) -> (seconds: Int, nanoseconds: Int) {
        do throws(TimeParser.Problem) {
            return try TimeParser.parse(text, TimeLayout(layout), local: zone.rules)
        } catch {
            throw Problem(message: error.message)
        }
    }
}
