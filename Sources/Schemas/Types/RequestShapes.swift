/// What asks policies: the request of `admission.k8s.io/v1`, whose types are no part of the published API, and what
/// Gatekeeper makes of it. The objects in requests are left open here. For what shows and infers types, not for checks.
package enum RequestShapes {
    /// An AdmissionReview with its request.
    package static let review = object(
        "AdmissionReview", [("apiVersion", text), ("kind", text), ("request", request), ("response", Shape(.any))])

    /// `input` of Gatekeeper's templates.
    package static let gatekeeper = object("GatekeeperInput", [("review", gatekeeperReview), ("parameters", Shape(.any))])

    private static let text = Shape(.string)

    private static let kind = object("GroupVersionKind", [("group", text), ("version", text), ("kind", text)])
    private static let resource = object("GroupVersionResource", [("group", text), ("version", text), ("resource", text)])

    private static let user = object(
        "UserInfo",
        [("username", text), ("uid", text), ("groups", list(text)), ("extra", map(list(text)))])

    private static let fields: [(String, Shape)] = [
        ("uid", text), ("kind", kind), ("resource", resource), ("subResource", text), ("requestKind", kind),
        ("requestResource", resource), ("requestSubResource", text), ("name", text), ("namespace", text),
        ("operation", text), ("userInfo", user), ("object", Shape(.any)), ("oldObject", Shape(.any)),
        ("dryRun", Shape(.boolean)), ("options", Shape(.any)),
    ]

    private static let request = object("AdmissionRequest", fields)

    /// Gatekeeper adds what it knows of the namespace and of objects that are expanded.
    private static let gatekeeperReview = object(
        "AdmissionRequest",
        fields + [("namespaceObject", Shape(.any)), ("_unstable", Shape(.any)), ("isGenerated", Shape(.boolean))])

    private static func object(_ name: String, _ fields: [(String, Shape)]) -> Shape {
        let shape = Shape(.object)
        shape.typeName = name
        shape.fields = fields.map { Shape.Field(name: $0, shape: $1) }
        return shape
    }

    private static func list(_ element: Shape) -> Shape {
        let shape = Shape(.array)
        shape.element = element
        return shape
    }

    private static func map(_ element: Shape) -> Shape {
        let shape = Shape(.map)
        shape.element = element
        return shape
    }
}
