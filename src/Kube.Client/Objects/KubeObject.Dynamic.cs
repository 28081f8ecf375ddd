using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;

namespace Kube;

/// <content>The fields at the root of the document that are no properties of the type (<c>data</c>, <c>rules</c> …) are members too.</content>
public partial class KubeObject : IDynamicMetaObjectProvider
{
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new MetaObject(parameter, this);

    static PropertyInfo? Declared(Type type, string name) => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

    /// <summary>Sets a field at the root of the document, which need not be there yet.</summary>
    /// <exception cref="InvalidOperationException">It would stand before what the server has printed under that name.</exception>
    object? SetField(string name, object? value)
    {
        var document = GetDocument();
        if (!document.ContainsKey(name) && this.Columns.Any(column => column.PropertyName.Equals(name, StringComparison.OrdinalIgnoreCase)))
            throw new InvalidOperationException($"'{name}' is what the server prints of {this} and cannot be set: set the field of the document that it shows.");
        return document[name] = value;
    }

    sealed class MetaObject(Expression expression, KubeObject value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
    {
        static readonly PropertyInfo Indexer = typeof(KubeMap).GetProperty("Item")!;

        public override DynamicMetaObject BindGetMember(GetMemberBinder binder) => Declared(LimitType, binder.Name) is { } property
            ? new(Expression.Convert(Property(property), typeof(object)), IsThis)
            : InDocument(binder.Name, Field(binder.Name), binder.FallbackGetMember(this));

        /// <summary>A property that cannot be set may still be a field of the document, such as <c>type</c> of a secret.</summary>
        public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value)
        {
            var boxed = Expression.Convert(value.Expression, typeof(object));
            return Declared(LimitType, binder.Name) switch
            {
                null => new(Expression.Call(Expression.Convert(Expression, typeof(KubeObject)), nameof(SetField), null, Expression.Constant(binder.Name), boxed), IsThis),
                { SetMethod.IsPublic: true } property when property.PropertyType == typeof(object) => new(Expression.Assign(Property(property), boxed), IsThis),
                _ => InDocument(binder.Name, Expression.Assign(Field(binder.Name), boxed), binder.FallbackSetMember(this, value)),
            };
        }

        public override IEnumerable<string> GetDynamicMemberNames() => value.GetDocument().GetKeys().Where(key => Declared(LimitType, key) is null);

        BindingRestrictions IsThis => BindingRestrictions.GetTypeRestriction(Expression, LimitType);

        MemberExpression Property(PropertyInfo property) => Expression.Property(Expression.Convert(Expression, property.DeclaringType!), property);

        Expression Document => Expression.Call(Expression.Convert(Expression, typeof(KubeObject)), nameof(GetDocument), null);

        Expression Field(string name) => Expression.Property(Document, Indexer, Expression.Constant(name));

        DynamicMetaObject InDocument(string name, Expression there, DynamicMetaObject elsewhere) =>
            new(
                Expression.Condition(
                    Expression.Call(Document, nameof(KubeMap.ContainsKey), null, Expression.Constant(name)),
                    there,
                    Expression.Convert(elsewhere.Expression, typeof(object))),
                IsThis.Merge(elsewhere.Restrictions));
    }
}
