import GoLibrary

/// Replacement templates (`$1`, `${name}`) and templates of literal text with patterns in it.
enum RegexTemplate {
    /// Appends the template with the groups of a match filled in, as Go's `Regexp.Expand` does.
    static func expand(
        _ template: UTF8Bytes.Bytes, _ match: [Int], _ text: UTF8Bytes.Bytes, _ pattern: RegexPattern,
        into result: inout TextBuilder
    ) {
        var index = 0
        while index < template.count {
            let dollar = template[index...].firstIndex(of: UInt8(ascii: "$")) ?? template.count
            result.append(UnsafeBufferPointer(rebasing: template[index..<dollar]))
            guard dollar < template.count else { return }
            index = dollar + 1
            if index < template.count, template[index] == UInt8(ascii: "$") {
                result.append(UInt8(ascii: "$"))
                index += 1
                continue
            }
            guard let reference = reference(template, at: index) else {
                result.append(UInt8(ascii: "$"))
                continue
            }
            index = reference.end
            let name = UnsafeBufferPointer(rebasing: template[reference.name])
            guard let group = number(name) ?? pattern.group(named: name), 2 * group + 1 < match.count,
                match[2 * group] >= 0
            else { continue }
            result.append(UnsafeBufferPointer(rebasing: text[match[2 * group]..<match[2 * group + 1]]))
        }
    }

    /// The name behind a `$`, in braces or the longest run of letters, digits and underscores.
    private static func reference(_ template: UTF8Bytes.Bytes, at index: Int) -> (name: Range<Int>, end: Int)? {
        let isBraced = index < template.count && template[index] == UInt8(ascii: "{")
        let start = isBraced ? index + 1 : index
        var end = start
        while end < template.count {
            var next = end
            let scalar = UTF8Bytes.scalar(template, at: &next)
            let properties = scalar.properties
            guard scalar == "_" || properties.numericType == .decimal || properties.isLetter else { break }
            end = next
        }
        if end == start { return nil }
        if !isBraced { return (start..<end, end) }
        guard end < template.count, template[end] == UInt8(ascii: "}") else { return nil }
        return (start..<end, end + 1)
    }

    private static func number(_ name: UTF8Bytes.Bytes) -> Int? {
        guard name.count <= 8, name.allSatisfy({ $0 &- 0x30 <= 9 }) else { return nil }
        return name.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Splits at the outermost delimiters; nil if they are not balanced.
    static func parts(
        _ template: UTF8Bytes.Bytes, from open: UInt8, to close: UInt8
    ) -> [(isPattern: Bool, bytes: [UInt8])]? {
        var parts: [(isPattern: Bool, bytes: [UInt8])] = []
        var (level, start) = (0, 0)
        for index in template.indices {
            if template[index] == open {
                level += 1
                if level > 1 { continue }
                parts.append((false, Array(template[start..<index])))
                start = index + 1
            } else if template[index] == close {
                level -= 1
                if level < 0 { return nil }
                if level > 0 { continue }
                parts.append((true, Array(template[start..<index])))
                start = index + 1
            }
        }
        parts.append((false, Array(template[start...])))
        return level == 0 ? parts : nil
    }

    /// The text as a pattern that matches only itself.
    static func literal(_ bytes: [UInt8]) -> [UInt8] {
        let special = Array("\\.+*?()|[]{}^$".utf8)
        return bytes.flatMap { special.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    }
}

extension Unicode.Scalar.Properties {
    /// Go's `unicode.IsLetter`.
    fileprivate var isLetter: Bool {
        switch generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}
