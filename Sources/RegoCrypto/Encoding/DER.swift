/// A value of the Distinguished Encoding Rules (X.690): its tag, its contents and all its bytes.
struct DERValue {
    struct Malformed: Error {}

    enum Tag {
        static let boolean: UInt8 = 0x01, integer: UInt8 = 0x02, bitString: UInt8 = 0x03, octetString: UInt8 = 0x04
        static let oid: UInt8 = 0x06, utf8String: UInt8 = 0x0C, sequence: UInt8 = 0x30, set: UInt8 = 0x31
        static let utcTime: UInt8 = 0x17, generalizedTime: UInt8 = 0x18, bmpString: UInt8 = 0x1E
        /// A context-specific tag of a constructed value.
        static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
    }

    var tag: UInt8
    var contents: ArraySlice<UInt8>
    var bytes: ArraySlice<UInt8>

    /// The value at the start of `rest`, which is moved past it.
    init(_ rest: inout ArraySlice<UInt8>) throws(Malformed) {
        let start = rest
        guard let tag = rest.popFirst(), tag & 0x1F != 0x1F, let first = rest.popFirst() else { throw Malformed() }
        var length = Int(first)
        if first >= 0x80 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count), rest.count >= count else { throw Malformed() }
            length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(count)
        }
        guard rest.count >= length else { throw Malformed() }
        self.tag = tag
        contents = rest.prefix(length)
        rest = rest.dropFirst(length)
        bytes = start[start.startIndex..<contents.endIndex]
    }

    /// The only value that the bytes hold.
    init(only bytes: some Collection<UInt8>) throws(Malformed) {
        var rest = Array(bytes)[...]
        self = try DERValue(&rest)
        if !rest.isEmpty { throw Malformed() }
    }

    /// The values inside, which must have the given tag around them.
    func children(_ tag: UInt8 = Tag.sequence) throws(Malformed) -> [DERValue] {
        guard self.tag == tag else { throw Malformed() }
        var rest = contents
        var children: [DERValue] = []
        while !rest.isEmpty { children.append(try DERValue(&rest)) }
        return children
    }

    /// The numbers of an object identifier.
    func oid() throws(Malformed) -> [Int] {
        guard tag == Tag.oid, !contents.isEmpty else { throw Malformed() }
        return Self.oid(contents)
    }

    static func oid(_ contents: ArraySlice<UInt8>) -> [Int] {
        var numbers: [Int] = []
        var number = 0
        for byte in contents {
            number = (number & 0xFF_FFFF_FFFF_FFFF) << 7 | Int(byte & 0x7F)
            if byte & 0x80 != 0 { continue }
            if numbers.isEmpty {
                let first = min(number / 40, 2)
                numbers = [first, number - 40 * first]
            } else {
                numbers.append(number)
            }
            number = 0
        }
        return numbers
    }

    /// The magnitude of a non-negative integer, without leading zero bytes.
    func unsigned() throws(Malformed) -> [UInt8] {
        guard tag == Tag.integer, !contents.isEmpty else { throw Malformed() }
        return Array(contents.drop { $0 == 0 })
    }

    /// A small non-negative integer.
    func small() throws(Malformed) -> Int {
        let bytes = try unsigned()
        guard bytes.count < 8 else { throw Malformed() }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    /// The bytes of a bit string without unused bits.
    func bits() throws(Malformed) -> ArraySlice<UInt8> {
        guard tag == Tag.bitString, !contents.isEmpty else { throw Malformed() }
        return contents.dropFirst()
    }

    /// The text of any of the string types.
    var text: String {
        if tag == Tag.bmpString {
            let units = stride(from: contents.startIndex, to: contents.endIndex - 1, by: 2)
                .map { UInt16(contents[$0]) << 8 | UInt16(contents[$0 + 1]) }
            return String(decoding: units, as: UTF16.self)
        }
        return String(decoding: contents, as: UTF8.self)
    }

    // MARK: Writing

    static func encode(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        if contents.count < 0x80 { return [tag, UInt8(contents.count)] + contents }
        var length: [UInt8] = []
        var rest = contents.count
        while rest > 0 {
            length.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [tag, 0x80 | UInt8(length.count)] + length + contents
    }

    static func encode(unsigned bytes: [UInt8]) -> [UInt8] {
        let trimmed = Array(bytes.drop { $0 == 0 })
        let needsZero = trimmed.first.map { $0 >= 0x80 } ?? true
        return encode(Tag.integer, (needsZero ? [0] : []) + trimmed)
    }
}
