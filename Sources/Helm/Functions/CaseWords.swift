/// Words of mixed case, as the xstrings library finds them: `snakecase`, `kebabcase`, `camelcase`.
enum CaseWords {
    private enum Kind { case none, connector, punctuation, upper, alphabet, number, other }

    private struct Word {
        var kind: Kind
        var scalars: ArraySlice<Unicode.Scalar>
    }

    private static func isConnector(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "-" || scalar == "_" || scalar.properties.isWhitespace
    }

    private static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .uppercaseLetter
    }

    private static func isNumber(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: false
        }
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }

    /// Letters of scripts that have cases.
    private static func isAlphabet(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return !(0x3034...0x30FF).contains(scalar.value) && !(0x3400...0x9FFF).contains(scalar.value)
                && !(0xAC00...0xD7AF).contains(scalar.value)
        default: return false
        }
    }

    /// Takes the next word.
    private static func next(_ rest: inout ArraySlice<Unicode.Scalar>) -> Word {
        guard let first = rest.first else { return Word(kind: .none, scalars: []) }
        let kind: Kind
        var end = rest.startIndex + 1
        func run(_ fits: (Unicode.Scalar) -> Bool) { while end < rest.endIndex, fits(rest[end]) { end += 1 } }
        if isConnector(first) {
            kind = .connector
            run(isConnector)
        } else if isPunctuation(first) {
            kind = .punctuation
            run(isPunctuation)
        } else if isUpper(first) {
            kind = .upper
            if end < rest.endIndex, isUpper(rest[end]) {
                run(isUpper)
                // Of "HTTPStatus" the "S" belongs to the next word.
                if end < rest.endIndex, isAlphabet(rest[end]) { end -= 1 }
            } else {
                run { isAlphabet($0) && !isUpper($0) }
            }
        } else if isAlphabet(first) {
            kind = .alphabet
            run { isAlphabet($0) && !isUpper($0) }
        } else if isNumber(first) {
            kind = .number
            run(isNumber)
        } else {
            kind = .other
            run { !isConnector($0) && !isAlphabet($0) && !isNumber($0) && !isPunctuation($0) }
        }
        defer { rest = rest[end...] }
        return Word(kind: kind, scalars: rest[..<end])
    }

    /// Words in lower case with a connector between them.
    static func lowered(_ text: String, connector: String) -> String {
        var writer = Lowering(rest: Array(text.unicodeScalars)[...], connector: connector)
        writer.run()
        return writer.output
    }

    /// Writes words in lower case.
    private struct Lowering {
        var rest: ArraySlice<Unicode.Scalar>
        let connector: String
        var word = Word(kind: .none, scalars: [])
        var output = ""

        mutating func run() {
            word = CaseWords.next(&rest)
            while !rest.isEmpty {
                if word.kind != .connector { write(word) }
                let last = word
                word = CaseWords.next(&rest)
                switch last.kind {
                case .number:
                    writeLettersAndNumbers()
                    connect(unless: [.none, .punctuation, .connector])
                case .connector: write(last)
                case .punctuation: break
                default: afterLetters()
                }
            }
            write(word)
        }

        /// What stands between letters and the next word, which may be a number that belongs to either side.
        private mutating func afterLetters() {
            guard word.kind == .number else { return connect(unless: [.connector, .punctuation]) }
            if rest.isEmpty { return }
            let number = word
            word = CaseWords.next(&rest)
            guard word.kind == .alphabet else {
                write(number)
                return connect(unless: [.connector, .punctuation])
            }
            // Lower case behind a number begins a word with the number: "HTTP2xx" gives "http_2xx".
            output += connector
            write(number)
            writeLettersAndNumbers()
            connect(unless: [.none, .connector, .punctuation])
        }

        private mutating func writeLettersAndNumbers() {
            while word.kind == .alphabet || word.kind == .number {
                write(word)
                word = CaseWords.next(&rest)
            }
        }

        private mutating func connect(unless kinds: Set<Kind>) {
            if !kinds.contains(word.kind) { output += connector }
        }

        private mutating func write(_ word: Word) {
            let changes = word.kind == .upper || word.kind == .connector
            for scalar in word.scalars {
                if changes, CaseWords.isConnector(scalar) {
                    output += connector
                } else {
                    let isLowered = changes && CaseWords.isUpper(scalar)
                    output += isLowered ? scalar.properties.lowercaseMapping : String(scalar)
                }
            }
        }
    }

    static func camel(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        guard let start = scalars.firstIndex(where: { !isConnector($0) }) else { return text }
        var output = String(String.UnicodeScalarView(scalars[..<start]))
        var isUpperRun = isUpper(scalars[start])
        var last = scalars[start].properties.uppercaseMapping
        var lastScalar = scalars[start]
        for scalar in scalars[(start + 1)...] {
            var current = String(scalar)
            if isConnector(scalar), isConnector(lastScalar) {
                output += last
            } else if isConnector(lastScalar) {
                isUpperRun = isUpper(scalar)
                current = scalar.properties.uppercaseMapping
            } else {
                if isUpperRun {
                    if isUpper(scalar) { current = scalar.properties.lowercaseMapping } else { isUpperRun = false }
                }
                output += last
            }
            (last, lastScalar) = (current, scalar)
        }
        return output + last
    }
}
