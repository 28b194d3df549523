/// The functions `index` and `slice` of templates.
package enum GoIndexing {
    package static func index(_ arguments: [GoValue]) throws -> GoValue {
        var value = arguments[0]
        if value.isNil { throw FunctionFailure("index of untyped nil") }
        for key in arguments.dropFirst() {
            if value.isNil { throw FunctionFailure("index of nil pointer") }
            value = try member(value, key)
        }
        return value
    }

    private static func member(_ value: GoValue, _ key: GoValue) throws -> GoValue {
        switch value.content {
        case .map(let map): return try member(map, key)
        case .object(let object):
            if let members = object.members { return try member(members, key) }
            throw FunctionFailure("can't index item of type \(value.typeName(dynamic: true))")
        case .list(let list):
            let place = try position(key, limit: list.items.count)
            guard place < list.items.count else { throw FunctionFailure("reflect: slice index out of range") }
            return list[place]
        // A number of JSON is a text to Go.
        case .string, .numberText, .bytes:
            let bytes = value.asBytes ?? []
            let place = try position(key, limit: bytes.count)
            guard place < bytes.count else { throw FunctionFailure("reflect: string index out of range") }
            return GoValue(.integer(Int64(bytes[place]), .uint8))
        default: throw FunctionFailure("can't index item of type \(value.typeName(dynamic: true))")
        }
    }

    private static func member(_ map: GoMap, _ key: GoValue) throws -> GoValue {
        if key.isNil { throw FunctionFailure("value is nil; should be of type string") }
        let name: String
        switch key.content {
        case .string(let text): name = text
        // Text that is no UTF-8 is the name of no member.
        case .bytes: return map.element == .any ? GoValue(.null, isInterface: true) : .string("")
        default:
            throw FunctionFailure("value has type \(key.typeName(dynamic: true)); should be string")
        }
        return map[name] ?? (map.element == .any ? GoValue(.null, isInterface: true) : .string(""))
    }

    private static func position(_ key: GoValue, limit: Int) throws -> Int {
        if key.isNil { throw FunctionFailure("cannot index slice/array with nil") }
        guard let place = key.asInteger else {
            throw FunctionFailure("cannot index slice/array with type \(key.typeName(dynamic: true))")
        }
        guard place >= 0, place <= limit else { throw FunctionFailure("index out of range: \(place)") }
        return Int(place)
    }

    static func slice(_ arguments: [GoValue]) throws -> GoValue {
        let (value, bounds) = (arguments[0], arguments.dropFirst())
        if value.isNil { throw FunctionFailure("slice of untyped nil") }
        if bounds.count > 3 { throw FunctionFailure("too many slice indexes: \(bounds.count)") }
        let bytes = value.asBytes
        let list = value.asList
        guard bytes != nil || list != nil else {
            throw FunctionFailure("can't slice item of type \(value.typeName(dynamic: true))")
        }
        if bytes != nil, bounds.count == 3 { throw FunctionFailure("cannot 3-index slice a string") }
        let count = bytes?.count ?? list?.items.count ?? 0
        var places = [0, count, count]
        for (index, bound) in bounds.enumerated() { places[index] = try position(bound, limit: count) }
        for index in 0...(bounds.count == 3 ? 1 : 0) where places[index] > places[index + 1] {
            throw FunctionFailure("invalid slice index: \(places[index]) > \(places[index + 1])")
        }
        if let bytes { return GoValue.text(bytes[places[0]..<places[1]]) }
        return .list(Array(list!.items[places[0]..<places[1]]), of: list!.element)
    }
}
