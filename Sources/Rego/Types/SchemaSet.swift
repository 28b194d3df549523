public import Documents
public import RegoRuntime

/// The schemas that `--schema` loads, by the path that annotations call them by, `schema` left out.
public struct SchemaSet: Sendable {
    private var types: [[String]: Result<RegoType, SchemaProblem>] = [:]

    private var resolve: (@Sendable ([String]) -> RegoType?)?

    public init() {}

    /// Adds the schema at a path; the empty path is the schema of all input.
    public mutating func add(_ schema: Value, at path: [String]) {
        do throws(SchemaProblem) {
            types[path] = .success(try SchemaTypes.type(of: schema))
        } catch {
            types[path] = .failure(error)
        }
    }

    /// A set whose schemas are made when they are named.
    package init(resolving resolve: @escaping @Sendable ([String]) -> RegoType?) { self.resolve = resolve }

    /// The schema at a path, or why it cannot be used; nil when there is none.
    public subscript(path: [String]) -> Result<RegoType, SchemaProblem>? {
        types[path] ?? resolve?(path).map { .success($0) }
    }

    /// The same without the schema of all input.
    var withoutInput: SchemaSet {
        var set = self
        set.types[[]] = nil
        if let resolve { set.resolve = { $0.isEmpty ? nil : resolve($0) } }
        return set
    }
}
