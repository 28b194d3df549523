import Text

/// Percent-encoding as Go's `net/url` does it.
package enum URLEscaping {
    /// The part of a URL that a text belongs to; each allows other characters.
    package enum Part {
        case query, path, fragment, userinfo, host, zone
    }

    package struct Invalid: Error {
        package var message: String
        var isInFragment = false

        package init(message: String, isInFragment: Bool = false) { (self.message, self.isInFragment) = (message, isInFragment) }
    }

    /// The text as a key or value of a query.
    package static func queryEscape(_ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        for byte in text {
            if isUnreserved(byte) {
                output.append(byte)
            } else if byte == 0x20 {
                output.append(UInt8(ascii: "+"))
            } else {
                PercentEncoding.append(byte, to: &output)
            }
        }
    }

    /// The bytes that an escaped text stands for.
    package static func unescape(_ text: some Collection<UInt8>, _ part: Part) throws(Invalid) -> [UInt8] {
        let text = Array(text)
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.count, let high = Hex.value(of: text[index + 1]), let low = Hex.value(of: text[index + 2])
                else { throw invalidEscape(text[index...].prefix(3)) }
                let decoded = high << 4 | low
                // Hosts may only escape what is not ASCII, zones nothing that would end them (RFC 6874).
                let isPercent = decoded == UInt8(ascii: "%")
                if part == .host, high < 8, !isPercent { throw invalidEscape(text[index...].prefix(3)) }
                if part == .zone, !isPercent, decoded != 0x20, isForbiddenInHost(decoded) {
                    throw invalidEscape(text[index...].prefix(3))
                }
                output.append(decoded)
                index += 3
                continue
            }
            if byte == UInt8(ascii: "+"), part == .query {
                output.append(0x20)
            } else {
                if part == .host || part == .zone, byte < 0x80, isForbiddenInHost(byte) {
                    throw Invalid(message: "invalid character \(quoted(byte)) in host name")
                }
                output.append(byte)
            }
            index += 1
        }
        return output
    }

    package static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func isForbiddenInHost(_ byte: UInt8) -> Bool {
        !isUnreserved(byte) && !#"!$&'()*+,;=:[]<>""#.utf8.contains(byte)
    }

    private static func invalidEscape(_ text: ArraySlice<UInt8>) -> Invalid {
        Invalid(message: "invalid URL escape " + GoText.quoted(Array(text)))
    }

    private static func quoted(_ byte: UInt8) -> String { GoText.quoted([byte]) }
}
