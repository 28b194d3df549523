package import Diagnostics
package import RegoRuntime

/// What `input` is in all likelihood, though no schema says so: an object of one of many kinds, or a request about one.
package struct PresumedInput: Sendable {
    /// The input where its members are named; what is said of no kind in particular is what any kind may have.
    package var type: RegoType
    /// An element of the input where it is gone through, as `input[_]`.
    package var element: RegoType
    /// An object of any kind.
    package var object: RegoType
    /// The members that lead from the input, or from an element of it, to an object: `request`, `object`.
    package var objectPaths: [[String]]
    /// Members that name the kind of an object elsewhere: `request.kind.kind` that of `request.object`.
    package var kindPaths: [(path: [String], object: [String])]
    /// An object of one of some kinds, which are all that it can be; nil when one of them is not known.
    package var kind: @Sendable ([String]) -> RegoType?
    /// Whether a module is about such objects at all.
    package var concerns: @Sendable (SourceFile) -> Bool
    /// Whether a module knows groups of kinds beside the known ones, which may have kinds of the same names.
    package var namesOtherGroups: @Sendable (SourceFile) -> Bool
    /// Whose fields they are, for messages: `Kubernetes 1.36`.
    package var name: String

    package init(
        type: RegoType, element: RegoType, object: RegoType, objectPaths: [[String]],
        kindPaths: [(path: [String], object: [String])], name: String,
        kind: @escaping @Sendable ([String]) -> RegoType?, concerns: @escaping @Sendable (SourceFile) -> Bool,
        namesOtherGroups: @escaping @Sendable (SourceFile) -> Bool
    ) {
        (self.type, self.element, self.object, self.objectPaths) = (type, element, object, objectPaths)
        (self.kindPaths, self.name, self.kind) = (kindPaths, name, kind)
        (self.concerns, self.namesOtherGroups) = (concerns, namesOtherGroups)
    }
}
