extension Value {
    /// Whether the bytes of a string are UTF-8.
    package var hasWellFormedText: Bool { UTF8Scan.firstInvalidByte(utf8) == nil }

    /// The bytes of a string with U+FFFD for each byte that is part of no character.
    package var repairedText: [UInt8] { UTF8Scan.repaired(Array(utf8)) }
}
