import Documents
import Inputs

extension FieldComparison {
    /// Items that are compared with each other to find those that belong together.
    private static let mostTries = 64
    private static let longestLabel = 80

    mutating func compareItems(_ old: Value, _ new: Value, _ shape: FieldShape) {
        if old == new { return }
        switch ListRule(shape, old, new) {
        case .keyed(let keys, let isOrdered): compare(old, new, keys, isOrdered, shape.element)
        case .content(let isOrdered): compareContent(old, new, isOrdered, shape.element)
        }
    }

    // MARK: Items with keys

    private mutating func compare(_ old: Value, _ new: Value, _ keys: [String], _ isOrdered: Bool, _ shape: FieldShape) {
        func key(_ item: Value) -> [Value] {
            keys.map { name in
                let value = item.field(named: name)
                return value.isAbsent ? shape.member(name).defaultValue : value
            }
        }
        var places: [[Value]: Int] = [:]
        for (index, item) in new.elements.enumerated() { places[key(item)] = index }
        var partners: [Int?] = old.elements.map { places[key($0)] }
        var taken = Set(partners.compactMap(\.self))
        // A port by another number may still have its name.
        if keys.first != "name" {
            var names: [String: Int] = [:]
            for (index, item) in new.elements.enumerated() where !taken.contains(index) {
                if let name = item.field("name").stringValue { names[name] = index }
            }
            for (index, item) in old.elements.enumerated() where partners[index] == nil {
                guard let name = item.field("name").stringValue, let partner = names.removeValue(forKey: name) else { continue }
                partners[index] = partner
                taken.insert(partner)
            }
        }
        let labels = old.elements.map { Self.label(key($0)) }, newLabels = new.elements.map { Self.label(key($0)) }
        for (index, item) in old.elements.enumerated() {
            let partner = partners[index], other = partner.map { new.elements[$0] } ?? .undefined
            steps.append(.item(label: partner.map { newLabels[$0] } ?? labels[index], old: index, new: partner))
            if partner == nil { compareItem(item, .undefined, shape) } else { compare(item, other, shape) }
            steps.removeLast()
        }
        for (index, item) in new.elements.enumerated() where !taken.contains(index) {
            steps.append(.item(label: newLabels[index], old: nil, new: index))
            compareItem(.undefined, item, shape)
            steps.removeLast()
        }
        if isOrdered { compareOrder(partners, labels) }
    }

    /// An item that is on one side only.
    private mutating func compareItem(_ old: Value, _ new: Value, _ shape: FieldShape) {
        if rules.knowsServer, rules.isIgnored(steps, old, new) { return noteIgnored() }
        report(old.isDefined ? .removed : .added, old, new)
    }

    /// Tells that items that are in both lists stand in another order.
    private mutating func compareOrder(_ partners: [Int?], _ labels: [String]) {
        let common = partners.enumerated().compactMap { index, partner in partner.map { (old: index, new: $0) } }
        let sorted = common.sorted { $0.new < $1.new }
        if zip(common, sorted).allSatisfy({ $0.old == $1.old }) { return }
        reportOrder(common.map { labels[$0.old] }, sorted.map { labels[$0.old] })
    }

    private static func label(_ key: [Value]) -> String {
        key.filter { !$0.isAbsent }.map { short($0.stringValue ?? JSONWriter.string($0)) }.joined(separator: "/")
    }

    private static func short(_ text: String) -> String {
        let line = text.prefix { $0 != "\n" }
        return line.count > longestLabel ? line.prefix(longestLabel - 1) + "…" : String(line)
    }

    // MARK: Other items

    private mutating func compareContent(_ old: Value, _ new: Value, _ isOrdered: Bool, _ shape: FieldShape) {
        var places: [Value: [Int]] = [:]
        for (index, item) in new.elements.enumerated().reversed() { places[item, default: []].append(index) }
        var partners: [Int?] = old.elements.map { places[$0]?.popLast() }
        let matched = partners
        var free = Set(new.elements.indices).subtracting(partners.compactMap(\.self))
        pairSimilar(old, new, &partners, &free)
        // A server leaves items in their order.
        let open = partners.indices.filter { partners[$0] == nil }
        if rules.knowsServer, open.count == free.count {
            for (index, other) in zip(open, free.sorted()) { partners[index] = other }
            free = []
        }
        for (index, item) in old.elements.enumerated() where matched[index] == nil {
            let partner = partners[index]
            steps.append(.item(label: String(partner ?? index), old: index, new: partner))
            if let partner { compare(item, new.elements[partner], shape) } else { compareItem(item, .undefined, shape) }
            steps.removeLast()
        }
        for index in free.sorted() {
            steps.append(.item(label: String(index), old: nil, new: index))
            compareItem(.undefined, new.elements[index], shape)
            steps.removeLast()
        }
        guard isOrdered else { return }
        compareOrder(partners, old.elements.map { $0.isCollection ? "…" : Self.label([$0]) })
    }

    /// Finds for items that no other equals the ones they were made of: those at the same place, or most alike.
    private func pairSimilar(_ old: Value, _ new: Value, _ partners: inout [Int?], _ free: inout Set<Int>) {
        let open = old.elements.indices.filter { partners[$0] == nil }
        if open.count > Self.mostTries || free.count > Self.mostTries { return }
        var candidates: [(score: Int, old: Int, new: Int)] = []
        for index in open {
            for other in free {
                let score = Self.likeness(old.elements[index], new.elements[other])
                if score > 0 { candidates.append((score * 2 + (index == other ? 1 : 0), index, other)) }
            }
        }
        for candidate in candidates.sorted(by: { ($1.score, $0.old, $0.new) < ($0.score, $1.old, $1.new) })
        where partners[candidate.old] == nil && free.contains(candidate.new) {
            partners[candidate.old] = candidate.new
            free.remove(candidate.new)
        }
    }

    /// How much two items have in common, from 0 for too little to 100.
    private static func likeness(_ old: Value, _ new: Value) -> Int {
        if old.kind == .object, new.kind == .object {
            let names = old.keys.filter { new.objectMember($0).isDefined }
            let equal = names.count { old.objectMember($0) == new.objectMember($0) }
            let all = old.count + new.count - names.count
            // Some of what they say is the same, or they say the same things.
            return all == 0 ? 0 : equal * 2 >= all ? equal * 100 / all : names.count == all ? 1 + equal * 40 / all : 0
        }
        guard let left = old.stringValue, let right = new.stringValue, left.hasPrefix("-") || right.hasPrefix("-") else {
            return 0
        }
        // `--level=1` and `--level=2`
        guard let end = left.firstIndex(of: "="), right.hasPrefix(left[...end]) else { return 0 }
        return 50
    }
}
