import { useState } from 'react';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { useAmambaApi } from '../../api';
import { pagePlace } from '../../components/List';
import { EntityTab, type LoadPlace } from '../scaffold/EntityTab';
import { FirstList, FirstListContext } from './list/firstList';
import { usePipelineQuery } from './list/usePipelineQuery';
import { PipelineRoutes } from './PipelineRoutes';

/** The tab of an entity: its pipelines and everything below them. */
export function EntityPipelines() {
  const api = useAmambaApi();
  const [first] = useState(() => new FirstList());
  const base = useResolvedPath('.').pathname;
  const isList = useLocation().pathname.replace(/\/+$/, '') === base;
  const { url, filters, sort, order } = usePipelineQuery();
  // the list and the workspace at once; a page below the list does not need the list
  const load: LoadPlace = async (params, signal) => {
    const query = { ...filters, sort, order, ...pagePlace(url) };
    const { place, ...page } = await api.call(
      'listEntityPipelines',
      { params, query },
      { signal },
    );
    first.hold(query, page);
    return place;
  };
  return (
    <FirstListContext.Provider value={first}>
      <EntityTab room="pipelines" load={isList ? load : undefined}>
        <PipelineRoutes />
      </EntityTab>
    </FirstListContext.Provider>
  );
}
