/// A layout of Go's `time` package: the reference time written the way times are to be written.
package struct TimeLayout {
    /// A field of the reference time, by the way it is spelled.
    enum Field: Equatable {
        case longMonth, month, numberMonth, zeroMonth
        case longWeekday, weekday
        case day, underscoreDay, zeroDay, underscoreYearDay, zeroYearDay
        case hour, hour12, zeroHour12, minute, zeroMinute, second, zeroSecond
        case longYear, year
        case upperPM, lowerPM
        case zoneName
        case offset(OffsetStyle)
        /// A fraction of exactly `digits` (`.000`) or, if `trims`, without trailing zeros (`.999`).
        case fraction(digits: Int, separator: UInt8, trims: Bool)
    }

    /// How a zone offset is written.
    struct OffsetStyle: Equatable {
        /// Whether UTC is written as `Z`.
        var usesZ: Bool
        var hasColons: Bool
        /// 1: hours; 2: and minutes; 3: and seconds.
        var parts: Int
    }

    /// Literal text, then a field (nil after the last one) as spelled in the layout.
    struct Piece {
        var prefix: ArraySlice<UInt8>
        var field: Field?
        var spelling: ArraySlice<UInt8>
    }

    let text: String
    let pieces: [Piece]

    /// The layout that `name` stands for if it is one of the names that OPA knows, else `name` itself.
    package init(named name: String) {
        self.init(Self.constants[name] ?? name)
    }

    package init(_ text: String) {
        self.text = text
        var pieces: [Piece] = []
        var rest = Array(text.utf8)[...]
        while true {
            let piece = Self.nextPiece(rest)
            pieces.append(piece)
            if piece.field == nil { break }
            rest = rest[piece.spelling.endIndex...]
        }
        self.pieces = pieces
    }

    private static let constants = [
        "ANSIC": "Mon Jan _2 15:04:05 2006", "UnixDate": "Mon Jan _2 15:04:05 MST 2006",
        "RubyDate": "Mon Jan 02 15:04:05 -0700 2006", "RFC822": "02 Jan 06 15:04 MST",
        "RFC822Z": "02 Jan 06 15:04 -0700", "RFC850": "Monday, 02-Jan-06 15:04:05 MST",
        "RFC1123": "Mon, 02 Jan 2006 15:04:05 MST", "RFC1123Z": "Mon, 02 Jan 2006 15:04:05 -0700",
        "RFC3339": rfc3339.text, "RFC3339Nano": rfc3339Nano.text,
    ]
    package static let rfc3339 = TimeLayout("2006-01-02T15:04:05Z07:00")
    package static let rfc3339Nano = TimeLayout("2006-01-02T15:04:05.999999999Z07:00")

    /// Spellings of fields; of those that start alike the longest comes first.
    private static let spellings: [(text: [UInt8], field: Field)] = [
        ("January", .longMonth), ("Jan", .month), ("Monday", .longWeekday), ("Mon", .weekday), ("MST", .zoneName),
        ("01", .zeroMonth), ("02", .zeroDay), ("03", .zeroHour12), ("04", .zeroMinute), ("05", .zeroSecond),
        ("06", .year), ("002", .zeroYearDay), ("15", .hour), ("1", .numberMonth), ("2006", .longYear), ("2", .day),
        ("_2", .underscoreDay), ("__2", .underscoreYearDay), ("3", .hour12), ("4", .minute), ("5", .second),
        ("PM", .upperPM), ("pm", .lowerPM),
        ("-070000", offset(false, false, 3)), ("-07:00:00", offset(false, true, 3)), ("-0700", offset(false, false, 2)),
        ("-07:00", offset(false, true, 2)), ("-07", offset(false, false, 1)),
        ("Z070000", offset(true, false, 3)), ("Z07:00:00", offset(true, true, 3)), ("Z0700", offset(true, false, 2)),
        ("Z07:00", offset(true, true, 2)), ("Z07", offset(true, false, 1)),
    ].map { (Array($0.0.utf8), $0.1) }

    private static func offset(_ usesZ: Bool, _ hasColons: Bool, _ parts: Int) -> Field {
        .offset(OffsetStyle(usesZ: usesZ, hasColons: hasColons, parts: parts))
    }

    private static func nextPiece(_ layout: ArraySlice<UInt8>) -> Piece {
        for start in layout.indices {
            let rest = layout[start...]
            if rest.starts(with: "_2006".utf8) {  // an underscore and a year
                return Piece(
                    prefix: layout[...start], field: .longYear, spelling: layout[(start + 1)..<(start + 5)])
            }
            if let (field, length) = field(at: rest) {
                return Piece(prefix: layout[..<start], field: field, spelling: rest.prefix(length))
            }
        }
        return Piece(prefix: layout, field: nil, spelling: [])
    }

    private static func field(at rest: ArraySlice<UInt8>) -> (Field, Int)? {
        guard let first = rest.first else { return nil }
        if first == UInt8(ascii: ".") || first == UInt8(ascii: ",") { return fraction(at: rest) }
        for (text, field) in spellings where first == text[0] && rest.starts(with: text) {
            // "Jan" in "Janus" and "Mon" in "Month" are words.
            if field == .month || field == .weekday, let next = rest.dropFirst(3).first, next >= 0x61, next <= 0x7A {
                continue
            }
            return (field, text.count)
        }
        return nil
    }

    private static func fraction(at rest: ArraySlice<UInt8>) -> (Field, Int)? {
        guard let digit = rest.dropFirst().first, digit == 0x30 || digit == 0x39 else { return nil }
        let digits = rest.dropFirst().prefix { $0 == digit }.count
        if let next = rest.dropFirst(1 + digits).first, next >= 0x30, next <= 0x39 { return nil }
        return (.fraction(digits: digits, separator: rest.first ?? 0x2E, trims: digit == 0x39), digits + 1)
    }
}
