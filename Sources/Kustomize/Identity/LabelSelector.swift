/// A label selector as `kubectl -l` takes it: `a=b,c!=d,e in (f,g),h notin (i),j,!k,n>1`.
struct LabelSelector {
    private enum Test {
        case isIn(Set<String>)
        case isNotIn(Set<String>)
        case exists
        case isMissing
        case isGreater(Int)
        case isLess(Int)
    }

    private var requirements: [(key: String, test: Test)] = []

    /// - Throws: `BuildError` for a text that is no selector.
    init(_ node: Node?) throws(BuildError) {
        guard let node, !node.valueText.isEmpty else { return }
        var rest = Substring(node.text)
        func skipSpace() { rest = rest.drop { $0 == " " || $0 == "\t" } }
        func word() -> String {
            skipSpace()
            let text = rest.prefix { !"=!,()<> \t".contains($0) }
            rest = rest.dropFirst(text.count)
            return String(text)
        }
        func take(_ text: String) -> Bool {
            skipSpace()
            guard rest.hasPrefix(text) else { return false }
            rest = rest.dropFirst(text.count)
            return true
        }
        func failure() -> BuildError { BuildError("unable to parse requirement: '\(node.text)'", at: node) }
        func list() throws(BuildError) -> Set<String> {
            guard take("(") else { throw failure() }
            var values: Set<String> = []
            repeat { values.insert(word()) } while take(",")
            guard take(")") else { throw failure() }
            return values
        }
        func number() throws(BuildError) -> Int {
            guard let value = Int(word()) else { throw failure() }
            return value
        }
        repeat {
            if take("!") {
                requirements.append((word(), .isMissing))
                continue
            }
            let key = word()
            if key.isEmpty { throw failure() }
            skipSpace()
            let test: Test
            if take("!=") {
                test = .isNotIn([word()])
            } else if take("==") || take("=") {
                test = .isIn([word()])
            } else if take(">") {
                test = .isGreater(try number())
            } else if take("<") {
                test = .isLess(try number())
            } else if rest.hasPrefix("in ") || rest.hasPrefix("in(") {
                rest = rest.dropFirst(2)
                test = .isIn(try list())
            } else if rest.hasPrefix("notin ") || rest.hasPrefix("notin(") {
                rest = rest.dropFirst(5)
                test = .isNotIn(try list())
            } else {
                test = .exists
            }
            requirements.append((key, test))
        } while take(",")
        skipSpace()
        if !rest.isEmpty { throw failure() }
    }

    /// Whether the entries of a mapping satisfy the selector.
    func matches(_ labels: Node?) -> Bool {
        requirements.allSatisfy { key, test in
            let value = labels?.field(key)?.valueText
            switch test {
            case .isIn(let values): return value.map { values.contains($0) } ?? false
            case .isNotIn(let values): return value.map { !values.contains($0) } ?? true
            case .exists: return value != nil
            case .isMissing: return value == nil
            case .isGreater(let bound): return value.flatMap { Int($0) }.map { $0 > bound } ?? false
            case .isLess(let bound): return value.flatMap { Int($0) }.map { $0 < bound } ?? false
            }
        }
    }
}
