/// Text that CI servers read as commands when it stands in the output of a step: `##vso[…]` of Azure Pipelines,
/// `##[…]` of both Azure Pipelines and GitHub Actions, `##teamcity[…]` anywhere in a line, and `::…` of GitHub Actions
/// at its beginning.
enum CommandMarks {
    /// The places of the second `#` of each `##word[`.
    static func places(in scalars: [Unicode.Scalar]) -> Set<Int> {
        var places: Set<Int> = []
        var index = 1
        while index < scalars.count {
            defer { index += 1 }
            guard scalars[index] == "#", scalars[index - 1] == "#" else { continue }
            let word = scalars[(index + 1)...].prefix { $0.properties.isAlphabetic || $0 == "-" || $0 == "_" }
            if word.endIndex < scalars.count, scalars[word.endIndex] == "[" { places.insert(index) }
        }
        return places
    }

    /// Whether two `#` follow each other, without which there is no mark.
    static func mayStand(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if !ByteScan.containsHash(bytes) { return false }
        var wasHash = false
        for byte in bytes {
            let isHash = byte == UInt8(ascii: "#")
            if isHash, wasHash { return true }
            wasHash = isHash
        }
        return false
    }

    static func beginsWithColons(_ text: String) -> Bool {
        text.unicodeScalars.drop { $0.properties.isWhitespace }.prefix(2).elementsEqual("::".unicodeScalars)
    }
}
