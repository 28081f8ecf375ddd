using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;

namespace Kube;

/// <content>Keys are members: <c>map.key</c> reads, <c>map.key = value</c> writes, also where there is no such key yet.</content>
public sealed partial class KubeMap : IDynamicMetaObjectProvider
{
    static readonly PropertyInfo s_indexer = typeof(KubeMap).GetProperty("Item")!;

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new MetaObject(parameter, this);

    sealed class MetaObject(Expression expression, KubeMap map) : DynamicMetaObject(expression, BindingRestrictions.Empty, map)
    {
        BindingRestrictions IsMap => BindingRestrictions.GetTypeRestriction(Expression, typeof(KubeMap));

        public override DynamicMetaObject BindGetMember(GetMemberBinder binder) => new(Member(binder.Name), IsMap);

        public override DynamicMetaObject BindSetMember(SetMemberBinder binder, DynamicMetaObject value) =>
            new(Expression.Assign(Member(binder.Name), Expression.Convert(value.Expression, typeof(object))), IsMap);

        public override IEnumerable<string> GetDynamicMemberNames() => map.GetKeys();

        Expression Member(string name) => Expression.Property(Expression.Convert(Expression, typeof(KubeMap)), s_indexer, Expression.Constant(name));
    }
}
