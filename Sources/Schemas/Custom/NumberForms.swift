/// Numbers with check digits: of books and of credit cards.
enum NumberForms {
    typealias Bytes = UnsafeBufferPointer<UInt8>

    /// The characters without white space and hyphens.
    private static func condensed(_ text: Bytes) -> [UInt8] { text.filter { $0 != 0x2D && !FormatRule.isBlank($0) } }

    private static func isDigits(_ text: some Sequence<UInt8>) -> Bool { text.allSatisfy(NameRule.isDigit) }

    static func isISBN10(_ text: Bytes) -> Bool {
        let digits = condensed(text)
        guard digits.count == 10, isDigits(digits.prefix(9)), digits[9] == 0x58 || NameRule.isDigit(digits[9]) else {
            return false
        }
        let sum = digits.enumerated().reduce(0) { sum, digit in
            sum + (digit.offset + 1) * (digit.element == 0x58 ? 10 : Int(digit.element - 0x30))
        }
        return sum % 11 == 0
    }

    static func isISBN13(_ text: Bytes) -> Bool {
        let digits = condensed(text)
        guard digits.count == 13, isDigits(digits) else { return false }
        let sum = digits.enumerated().reduce(0) { $0 + ($1.offset % 2 == 0 ? 1 : 3) * Int($1.element - 0x30) }
        return sum % 10 == 0
    }

    static func isSocialSecurityNumber(_ text: Bytes) -> Bool {
        guard text.count == 11, [text[3], text[6]].allSatisfy({ $0 == 0x2D || $0 == 0x20 }) else { return false }
        return text.indices.allSatisfy { $0 == 3 || $0 == 6 || NameRule.isDigit(text[$0]) }
    }

    /// Whether it is a number of an issuer that is known, whose last digit fits the others.
    static func isCreditCard(_ text: Bytes) -> Bool {
        let digits = text.filter(NameRule.isDigit).map { Int($0 - 0x30) }
        guard isOfIssuer(digits) else { return false }
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            if digit.offset % 2 == 0 { return sum + digit.element }
            return sum + digit.element * 2 - (digit.element > 4 ? 9 : 0)
        }
        return sum % 10 == 0
    }

    private static func isOfIssuer(_ digits: [Int]) -> Bool {
        guard digits.count >= 13 else { return false }
        func start(_ count: Int) -> Int { digits.prefix(count).reduce(0) { $0 * 10 + $1 } }
        switch digits.count {
        case 13: return start(1) == 4
        case 14: return (300...305).contains(start(3)) || [36, 38].contains(start(2))
        case 15: return [34, 37].contains(start(2)) || [2131, 1800].contains(start(4))
        case 16:
            return start(1) == 4 || (51...55).contains(start(2)) || (2221...2720).contains(start(4)) || start(4) == 6011
                || [35, 62, 65, 67].contains(start(2))
        default: return false
        }
    }
}
