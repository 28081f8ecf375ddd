using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;

namespace Kube;

/// <content>The fields at the root of the document that are no properties of the type (<c>data</c>, <c>rules</c> …) are members too.</content>
public partial class KubeObject : IDynamicMetaObjectProvider
{
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new MetaObject(parameter, this);

    static PropertyInfo? Declared(Type type, string name) => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);

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
                null => new(Expression.Assign(Field(binder.Name), boxed), IsThis),
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
