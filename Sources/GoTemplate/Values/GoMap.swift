import Text

/// A Go map with text keys; assigning it shares the members. Keys are kept in byte order, as templates go through them.
package final class GoMap {
    package enum Element: String {
        case any = "interface {}"
        case string
    }

    package private(set) var keys: [String] = []
    package private(set) var values: [GoValue] = []
    package let element: Element
    /// Whether it is a map that Go has not made (`nil`): empty, and nothing in JSON.
    package private(set) var isNone = false

    package init(_ element: Element = .any) { self.element = element }

    /// A map of members in any order; of equal keys the last counts.
    package init(_ members: some Sequence<(String, GoValue)>, _ element: Element = .any) {
        self.element = element
        for (key, value) in members { self[key] = value }
    }

    /// Makes a map of keys that are already in byte order.
    package init(sortedKeys: [String], values: [GoValue]) {
        (keys, self.values, element) = (sortedKeys, values, .any)
    }

    package var count: Int { keys.count }
    package var typeName: String { "map[string]" + element.rawValue }

    /// A map that is nil.
    package static func none(_ element: Element) -> GoMap {
        let map = GoMap(element)
        map.isNone = true
        return map
    }

    /// A copy that shares the members' values.
    package func copy() -> GoMap {
        let map = GoMap(element)
        (map.keys, map.values, map.isNone) = (keys, values, isNone)
        return map
    }

    /// -1, 0 or 1 by bytes.
    private static func compare(_ left: String, _ right: String) -> Int {
        let order = left.utf8.withContiguousStorageIfAvailable { a in
            right.utf8.withContiguousStorageIfAvailable { b in
                let count = min(a.count, b.count)
                var index = 0
                while index < count, a[index] == b[index] { index += 1 }
                if index < count { return a[index] < b[index] ? -1 : 1 }
                return a.count == b.count ? 0 : a.count < b.count ? -1 : 1
            }
        }
        if let order, let order { return order }
        var a = left.utf8.makeIterator()
        var b = right.utf8.makeIterator()
        while true {
            switch (a.next(), b.next()) {
            case (nil, nil): return 0
            case (nil, _): return -1
            case (_, nil): return 1
            case (let x?, let y?): if x != y { return x < y ? -1 : 1 }
            }
        }
    }

    /// The place of the key, or where it would stand.
    private func find(_ key: String) -> (index: Int, isFound: Bool) {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            let order = Self.compare(keys[middle], key)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }

    package func index(of key: String) -> Int? {
        let (index, isFound) = find(key)
        return isFound ? index : nil
    }

    package func contains(_ key: String) -> Bool { find(key).isFound }

    /// The member, as the interface that the map holds; setting nil removes it.
    package subscript(key: String) -> GoValue? {
        get {
            guard let index = index(of: key) else { return nil }
            return value(at: index)
        }
        set {
            isNone = isNone && newValue == nil
            if let newValue, let last = keys.last, Self.compare(last, key) < 0 {
                keys.append(key)
                values.append(newValue)
                return
            }
            let (index, isFound) = find(key)
            if let newValue {
                if isFound {
                    values[index] = newValue
                } else {
                    keys.insert(key, at: index)
                    values.insert(newValue, at: index)
                }
            } else if isFound {
                keys.remove(at: index)
                values.remove(at: index)
            }
        }
    }

    package func value(at index: Int) -> GoValue {
        var value = values[index]
        value.isInterface = element == .any
        return value
    }

    /// Changes every value in place.
    package func mapValues(_ change: (GoValue) throws -> GoValue) rethrows {
        for index in values.indices { values[index] = try change(values[index]) }
    }

    /// Members that match, in order.
    package func filter(_ keeps: (String, GoValue) -> Bool) -> GoMap {
        let map = GoMap(element)
        for index in keys.indices where keeps(keys[index], values[index]) {
            map.keys.append(keys[index])
            map.values.append(values[index])
        }
        return map
    }
}
