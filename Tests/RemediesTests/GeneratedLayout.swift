import Documents

/// A line of a generated text, and the node it is about.
struct GeneratedLine {
    var text: String
    var path: [DocumentPath.Step]
    /// Whether all of the node stands in the line.
    var isWhole = false
}

/// One of countless ways to write the same objects, chosen by a number.
struct GeneratedLayout {
    private(set) var random: Random
    let isJSON: Bool
    private let isTight: Bool
    private let indent: Int
    private let dash: Int
    private let flow: Int
    private let comments: Int
    private let quotes: Int
    private let hasReturns: Bool
    private let hasMark: Bool
    private let endsLine: Bool
    let isList: Bool
    private let hasNeighbours: Bool
    private let usesAnchors: Bool
    private let shuffles: Bool
    /// Texts with an anchor, by what they say, of the document that is written.
    private var anchors: [String: String] = [:]
    /// Whether an alias stands in the text.
    private(set) var hasAlias = false

    struct Random {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(truncatingIfNeeded: (state >> 33) % UInt64(limit))
        }
    }

    init(seed: Int) {
        var random = Random(state: UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
        for _ in 0..<8 { _ = random.below(2) }
        isJSON = random.below(8) == 0
        isTight = random.below(2) == 0
        indent = [2, 2, 4, 1, 3, 8][random.below(6)]
        dash = random.below(2) == 0 ? 0 : indent
        flow = [0, 0, 1, 4][random.below(4)]
        comments = [0, 2, 5][random.below(3)]
        quotes = random.below(3)
        hasReturns = random.below(4) == 0
        hasMark = random.below(6) == 0
        endsLine = random.below(5) > 0
        isList = random.below(4) == 0
        hasNeighbours = random.below(3) > 0
        usesAnchors = random.below(4) == 0
        shuffles = random.below(2) == 0
        self.random = random
    }

    /// The texts of the objects, each with the lines it is made of, and what stands before, between and behind.
    mutating func text(of objects: [Tree]) -> (text: String, lines: [[GeneratedLine]]) {
        if isJSON { return json(objects) }
        var all: [String] = [], lines: [[GeneratedLine]] = []
        if hasNeighbours, !isList {
            all += ["%YAML 1.1", "---", "- no object  # at all", "---", "a: |", "  # text", "  b: c", "---"]
        }
        if isList { all += ["apiVersion: v1", "kind: List", "items:"] }
        for (number, object) in objects.enumerated() {
            anchors = [:]
            var own = block(object, 0, [])
            if isList {
                let pad = String(repeating: " ", count: indent)
                for index in own.indices {
                    own[index].text = pad + (index == 0 ? "- " : "  ") + own[index].text
                }
            } else if number > 0 {
                all.append("---" + (chance(comments) ? " # next" : ""))
            }
            all += own.map(\.text)
            lines.append(own)
        }
        if hasNeighbours, !isList { all += ["---", "b: [1,   2]", "# the end"] }
        var text = all.joined(separator: "\n") + (endsLine ? "\n" : "")
        if hasReturns { text = text.replacing("\n", with: "\r\n") }
        return ((hasMark ? "\u{FEFF}" : "") + text, lines)
    }

    private mutating func chance(_ tenths: Int) -> Bool { random.below(10) < tenths }

    private mutating func remark() -> String { chance(comments) ? "  # remark \(random.below(1000))" : "" }

    // MARK: Block style

    private mutating func block(_ tree: Tree, _ column: Int, _ path: [DocumentPath.Step]) -> [GeneratedLine] {
        let pad = String(repeating: " ", count: column)
        switch tree {
        case .map(var members):
            if shuffles, !members.isEmpty { members.append(members.remove(at: random.below(members.count))) }
            var lines: [GeneratedLine] = []
            for (key, value) in members {
                let own = path + [.key(key)]
                if !lines.isEmpty, chance(comments / 2) {
                    lines.append(GeneratedLine(text: pad + "# above \(random.below(1000))", path: own))
                }
                lines += member(pad + name(key) + ":", value, column, own)
            }
            return lines
        case .list(let items):
            var lines: [GeneratedLine] = []
            for (index, item) in items.enumerated() {
                let own = path + [.index(index)]
                if let text = inline(item, own) {
                    lines.append(GeneratedLine(text: "\(pad)- \(text)\(remark())", path: own, isWhole: true))
                    continue
                }
                var inner = block(item, column + 2, own)
                inner[0].text = pad + "- " + inner[0].text.dropFirst(column + 2)
                lines += inner
            }
            return lines
        default: return []
        }
    }

    private mutating func member(
        _ head: String, _ value: Tree, _ column: Int, _ path: [DocumentPath.Step]
    ) -> [GeneratedLine] {
        if let text = inline(value, path) {
            return [GeneratedLine(text: "\(head) \(text)\(remark())", path: path, isWhole: true)]
        }
        let isItems = if case .list = value { true } else { false }
        let inner = block(value, column + (isItems ? dash : indent), path)
        return [GeneratedLine(text: head + remark(), path: path)] + inner
    }

    /// The value on one line, when it is written so.
    private mutating func inline(_ tree: Tree, _ path: [DocumentPath.Step]) -> String? {
        switch tree {
        case .scalar(let text): return text
        case .text(let text): return scalar(text, path, isFlow: false)
        case .list(let items) where items.isEmpty || chance(flow) && Self.isSmall(tree): return flowText(tree)
        case .map(let members) where members.isEmpty || chance(flow) && Self.isSmall(tree): return flowText(tree)
        default: return nil
        }
    }

    private static func isSmall(_ tree: Tree) -> Bool {
        switch tree {
        case .text(let text): return text.utf8.count < 60 && !text.contains("\n")
        case .scalar: return true
        case .list(let items): return items.count < 5 && items.allSatisfy(isSmall)
        case .map(let members): return members.count < 6 && members.allSatisfy { isSmall($0.value) }
        }
    }

    // MARK: Flow style

    private mutating func flowText(_ tree: Tree) -> String {
        switch tree {
        case .scalar(let text): return text
        case .text(let text): return scalar(text, [], isFlow: true)
        case .list(let items): return "[" + items.map { flowText($0) }.joined(separator: ", ") + "]"
        case .map(let members):
            let space = chance(3) && !members.isEmpty ? " " : ""
            return "{\(space)" + members.map { "\(name($0.key)): \(flowText($0.value))" }.joined(separator: ", ") + "\(space)}"
        }
    }

    // MARK: Scalars

    private func name(_ key: String) -> String { Self.isPlain(key) ? key : Self.quoted(key) }

    private mutating func scalar(_ text: String, _ path: [DocumentPath.Step], isFlow: Bool) -> String {
        let written: String
        if !Self.isPlain(text) || quotes == 2 {
            written = quotes == 1 && !text.contains("'") && !text.contains("\n") ? "'\(text)'" : Self.quoted(text)
        } else {
            written = quotes == 1 && chance(5) ? "'\(text)'" : text
        }
        // Anchors of what is no part of a flow collection, and never of what says what the object is.
        guard usesAnchors, !isFlow, path.count > 2 else { return written }
        if let anchor = anchors[text] {
            if !chance(7) { return written }
            hasAlias = true
            return "*\(anchor)"
        }
        if !chance(3) { return written }
        let anchor = "a\(anchors.count)"
        anchors[text] = anchor
        return "&\(anchor) \(written)"
    }

    private static func quoted(_ text: String) -> String { Document { $0.string(text) }.withRoot { JSONWriter.string($0) } }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else { return false }
        if ["y", "n", "yes", "no", "on", "off", "true", "false", "null"].contains(text.lowercased()) { return false }
        return text.utf8.allSatisfy { byte in
            byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || "_-./".utf8.contains(byte)
        }
    }

    // MARK: JSON

    private mutating func json(_ objects: [Tree]) -> (text: String, lines: [[GeneratedLine]]) {
        let texts = objects.map { isTight ? Self.tight($0) : Self.pretty($0, indent, 1) }
        let text = "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n" + texts.joined(separator: ",\n") + "\n]}"
        let ends = hasReturns ? text.replacing("\n", with: "\r\n") : text
        return (ends + (endsLine ? hasReturns ? "\r\n" : "\n" : ""), objects.map { _ in [] })
    }

    private static func tight(_ tree: Tree) -> String {
        switch tree {
        case .scalar(let text): return text
        case .text(let text): return quoted(text)
        case .list(let items): return "[" + items.map(tight).joined(separator: ",") + "]"
        case .map(let members): return "{" + members.map { "\(quoted($0.key)):\(tight($0.value))" }.joined(separator: ",") + "}"
        }
    }

    private static func pretty(_ tree: Tree, _ step: Int, _ depth: Int) -> String {
        let pad = String(repeating: " ", count: step * depth), end = String(repeating: " ", count: step * (depth - 1))
        switch tree {
        case .list(let items) where !items.isEmpty:
            return "[\n" + items.map { pad + pretty($0, step, depth + 1) }.joined(separator: ",\n") + "\n\(end)]"
        case .map(let members) where !members.isEmpty:
            return "{\n"
                + members.map { "\(pad)\(quoted($0.key)): \(pretty($0.value, step, depth + 1))" }.joined(separator: ",\n")
                + "\n\(end)}"
        default: return tight(tree)
        }
    }
}
